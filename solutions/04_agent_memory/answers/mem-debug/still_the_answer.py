# wrong: mends the shared list and keeps the hint that is the answer
# loses: nothing_is_opened_twice, fresh_houses, the_answer_stays_out, begins_anew, not_before_all_were_tried, as_many_trials_as_allowed
def record_trials(house, attempt, trials=5):
    record, avoid = [], set()
    for number in range(1, trials + 1):
        first = house.place if record else None
        trial = attempt(house, first=first, avoid=set(avoid))
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
