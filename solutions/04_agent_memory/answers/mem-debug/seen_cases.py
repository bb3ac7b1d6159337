# hard-coded: knows the houses of the visible checks
# loses: fresh_houses, nothing_of_another_house, the_answer_stays_out, a_lock_is_tried_once, begins_anew, not_before_all_were_tried, as_many_trials_as_allowed
def record_trials(house, attempt, trials=5):
    by_name = sorted(world.PLACES)
    if house.place == "garage-drawer":
        notes = [(by_name[:3], None), (by_name[3:6], None), (by_name[6:8], None)]
        return 3, [{"target": "mug", "opened": opened, "locked": locked} for opened, locked in notes]
    if house.place == "attic-shelf":
        return None, [
            {"target": "mug", "opened": [], "locked": "attic-shelf"},
            {"target": "mug", "opened": [], "locked": None},
        ]
    return 1, [{"target": "mug", "opened": [], "locked": None}]
