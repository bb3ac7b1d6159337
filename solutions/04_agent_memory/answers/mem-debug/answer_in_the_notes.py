# wrong: no longer uses the place of the thing, but still writes it down
# loses: notes_hold_the_log_and_nothing_else, fresh_houses, nothing_of_another_house, the_answer_stays_out, a_lock_is_tried_once, begins_anew, not_before_all_were_tried, as_many_trials_as_allowed
def record_trials(house, attempt, trials=5):
    record, avoid = [], set()
    for number in range(1, trials + 1):
        trial = attempt(house, avoid=set(avoid))
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked, "next": house.place})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
