# wrong: carries a lock that was found into all later notes
# loses: notes_hold_the_log_and_nothing_else, fresh_houses, a_lock_is_tried_once, begins_anew, not_before_all_were_tried
def record_trials(house, attempt, trials=5):
    record, avoid, lock = [], set(), None
    for number in range(1, trials + 1):
        trial = attempt(house, avoid=set(avoid))
        lock = lock or trial.locked
        record.append({"target": house.target, "opened": trial.opened, "locked": lock})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
