# wrong: keeps the notes of all houses and reads those of the same target
# loses: each_house_for_itself, nothing_of_another_house, a_lock_is_tried_once, begins_anew, not_before_all_were_tried, as_many_trials_as_allowed
kept = []


def record_trials(house, attempt, trials=5):
    begin = len(kept)
    for number in range(1, trials + 1):
        mine = [note for note in kept if note["target"] == house.target]
        avoid = {place for note in mine for place in (*note["opened"], note["locked"]) if place}
        if avoid >= set(world.PLACES):
            avoid = set()
        trial = attempt(house, avoid=avoid)
        kept.append({"target": house.target, "opened": trial.opened, "locked": trial.locked})
        if trial.solved:
            return number, kept[begin:]
    return None, kept[begin:]
