# wrong: waits until every place was opened, which a lock prevents
# loses: begins_anew, not_before_all_were_tried
def record_trials(house, attempt, trials=5):
    record, avoid = [], set()
    for number in range(1, trials + 1):
        trial = attempt(house, avoid=set(avoid))
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if avoid - {note["locked"] for note in record} >= set(world.PLACES):
            avoid = set()
    return None, record
