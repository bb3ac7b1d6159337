# right: calls itself for the trials that are left
# loses: none
def record_trials(house, attempt, trials=5):
    def go_on(record, avoid):
        if len(record) == trials:
            return None, record
        trial = attempt(house, avoid=avoid)
        record = [*record, {"target": house.target, "opened": tuple(trial.opened), "locked": trial.locked}]
        if trial.solved:
            return len(record), record
        tried = avoid | set(trial.opened) | ({trial.locked} if trial.locked else set())
        return go_on(record, frozenset() if len(tried) == len(world.PLACES) else tried)

    return go_on([], frozenset())
