# wrong: allows four trials where nothing is said
# loses: as_many_trials_as_allowed
def record_trials(house, attempt, trials=4):
    record, avoid = [], set()
    for number in range(1, trials + 1):
        trial = attempt(house, avoid=set(avoid))
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
