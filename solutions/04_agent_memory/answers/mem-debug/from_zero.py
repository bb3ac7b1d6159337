# wrong: counts trials from 0
# loses: nothing_is_opened_twice, each_house_for_itself, fresh_houses, nothing_of_another_house, the_answer_stays_out, not_before_all_were_tried, as_many_trials_as_allowed
def record_trials(house, attempt, trials=5):
    record, avoid = [], set()
    for number in range(trials):
        trial = attempt(house, avoid=set(avoid))
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
