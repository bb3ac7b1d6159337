# wrong: calls an answer invented only when it is wrong
# loses: one_of_the_five_for_each_thing, fresh_homes, right_by_luck, unknown_is_no_place
def compaction_audit(before, after, truth):
    counts = dict.fromkeys(("kept", "changed", "lost", "invented", "absent", "false"), 0)
    for thing, place in truth.items():
        old, new = before.get(thing, "unknown"), after.get(thing, "unknown")
        if old == "unknown":
            counts["invented" if new not in ("unknown", place) else "absent"] += 1
        else:
            counts["kept" if new == old else "lost" if new == "unknown" else "changed"] += 1
        counts["false"] += new not in ("unknown", place)
    return counts
