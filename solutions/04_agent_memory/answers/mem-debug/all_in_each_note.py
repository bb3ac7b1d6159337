# wrong: lists in each note everything that was opened so far
# loses: nothing_is_opened_twice, fresh_houses, the_answer_stays_out, a_lock_is_tried_once, begins_anew, not_before_all_were_tried, as_many_trials_as_allowed
def record_trials(house, attempt, trials=5):
    record, avoid, opened = [], set(), []
    for number in range(1, trials + 1):
        trial = attempt(house, avoid=set(avoid))
        opened += trial.opened
        record.append({"target": house.target, "opened": list(opened), "locked": trial.locked})
        if trial.solved:
            return number, record
        avoid |= {*trial.opened, trial.locked} - {None}
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
