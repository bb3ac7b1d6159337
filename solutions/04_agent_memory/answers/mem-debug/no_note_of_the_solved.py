# wrong: returns before the solved trial has its note
# loses: nothing_is_opened_twice, each_house_for_itself, fresh_houses, nothing_of_another_house, the_answer_stays_out, not_before_all_were_tried, as_many_trials_as_allowed
def record_trials(house, attempt, trials=5):
    record, avoid = [], set()
    for number in range(1, trials + 1):
        trial = attempt(house, avoid=set(avoid))
        if trial.solved:
            return number, record
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        avoid |= {*trial.opened, trial.locked} - {None}
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
