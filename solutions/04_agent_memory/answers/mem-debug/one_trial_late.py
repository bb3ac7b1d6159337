# wrong: begins anew one trial too late
# loses: begins_anew, not_before_all_were_tried
def record_trials(house, attempt, trials=5):
    record, avoid = [], set()
    for number in range(1, trials + 1):
        full = avoid >= set(world.PLACES)
        trial = attempt(house, avoid=set(avoid))
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if full:
            avoid = set()
    return None, record
