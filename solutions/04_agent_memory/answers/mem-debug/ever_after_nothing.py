# wrong: asks the whole record each time, so that after a round nothing is avoided any more
# loses: begins_anew
def record_trials(house, attempt, trials=5):
    record = []
    for number in range(1, trials + 1):
        avoid = {place for note in record for place in (*note["opened"], note["locked"]) if place}
        if avoid >= set(world.PLACES):
            avoid = set()
        trial = attempt(house, avoid=avoid)
        record.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, record
    return None, record
