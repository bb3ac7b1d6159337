# wrong: the colleague's function as it is
# loses: nothing_is_opened_twice, notes_hold_the_log_and_nothing_else, each_house_for_itself, fresh_houses, nothing_of_another_house, the_answer_stays_out, a_lock_is_tried_once, begins_anew, not_before_all_were_tried, as_many_trials_as_allowed
def record_trials(house, attempt, trials=5):
    return colleagues_trials(house, attempt, trials)
