# wrong: sends the agent to a place that is still left, first of all
# loses: nothing_is_opened_twice, fresh_houses, the_answer_stays_out
def record_trials(house, attempt, trials=5):
    record, avoid = [], set()
    for number in range(1, trials + 1):
        left = [place for place in world.PLACES if place not in avoid]
        trial = attempt(house, first=left[-1] if avoid else None, avoid=set(avoid))
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, record
        avoid |= set(trial.opened)
        if trial.locked is not None:
            avoid.add(trial.locked)
        if avoid >= set(world.PLACES):
            avoid = set()
    return None, record
