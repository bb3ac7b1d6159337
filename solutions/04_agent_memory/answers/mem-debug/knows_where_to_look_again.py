# wrong: leaves out all places but the one where the thing lies
# loses: fresh_houses, the_answer_stays_out, a_lock_is_tried_once, begins_anew, not_before_all_were_tried
def record_trials(house, attempt, trials=5):
    record, avoid = [], set()
    for number in range(1, trials + 1):
        trial = attempt(house, avoid=avoid - {house.place})
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
