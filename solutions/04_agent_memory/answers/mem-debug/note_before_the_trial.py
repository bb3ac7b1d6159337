# wrong: writes the note before it knows what the trial will find
# loses: nothing_is_opened_twice, notes_hold_the_log_and_nothing_else, fresh_houses, nothing_of_another_house, the_answer_stays_out, a_lock_is_tried_once, begins_anew, not_before_all_were_tried, as_many_trials_as_allowed
def record_trials(house, attempt, trials=5):
    record, avoid, opened, locked = [], set(), (), None
    for number in range(1, trials + 1):
        record.append({"target": house.target, "opened": opened, "locked": locked})
        trial = attempt(house, avoid=set(avoid))
        if trial.solved:
            return number, record
        opened, locked = trial.opened, trial.locked
        avoid |= {*opened, locked} - {None}
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
