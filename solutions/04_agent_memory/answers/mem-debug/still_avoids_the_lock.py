# wrong: begins anew but goes on avoiding the lock
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
        if avoid >= set(world.PLACES):
            avoid = {note["locked"] for note in record} - {None}
    return None, record
