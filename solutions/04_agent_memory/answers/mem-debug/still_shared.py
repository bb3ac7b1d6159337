# wrong: takes the answer out and keeps the list that all houses share
# loses: each_house_for_itself, nothing_of_another_house, a_lock_is_tried_once, begins_anew, not_before_all_were_tried, as_many_trials_as_allowed
shared = []


def record_trials(house, attempt, trials=5):
    record = shared
    avoid = {place for note in record for place in (*note["opened"], note["locked"]) if place}
    for number in range(1, trials + 1):
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
