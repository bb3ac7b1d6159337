# right: reads what to avoid from the notes since the last beginning
# loses: none
def record_trials(house, attempt, trials=5):
    record, begun = [], 0
    for _ in range(trials):
        tried = [place for note in record[begun:] for place in [*note["opened"], note["locked"]] if place is not None]
        if set(world.PLACES).issubset(tried):
            begun, tried = len(record), []
        trial = attempt(house, first=None, avoid=tuple(tried))
        record.append({"locked": trial.locked, "opened": trial.opened, "target": house.target})
        if trial.solved:
            return len(record), record
    return None, record
