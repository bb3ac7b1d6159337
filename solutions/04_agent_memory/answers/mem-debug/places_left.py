# right: keeps the places that are left in place of those to avoid
# loses: none
def record_trials(house, attempt, trials=5):
    left, notes_of_house, number = set(world.PLACES), [], 0
    while number < trials:
        number += 1
        trial = attempt(house, None, [place for place in world.PLACES if place not in left])
        notes_of_house += [dict(target=trial.looked_for, opened=list(trial.opened), locked=trial.locked)]
        if trial.solved:
            return number, notes_of_house
        left -= set(trial.opened) | {trial.locked}
        if not left:
            left = set(world.PLACES)
    return None, notes_of_house
