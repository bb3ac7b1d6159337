# wrong: takes unknown for a place like others: what was lost has changed
# loses: one_of_the_five_for_each_thing, fresh_homes, unknown_is_no_place, wrong_before_already
def compaction_audit(before, after, truth):
    counts = dict.fromkeys(("kept", "changed", "lost", "invented", "absent", "false"), 0)
    for thing, place in truth.items():
        old, new = before.get(thing, "unknown"), after.get(thing, "unknown")
        if old == "unknown":
            counts["absent" if new == "unknown" else "invented"] += 1
        else:
            counts["kept" if new == old else "changed"] += 1
        counts["false"] += new not in ("unknown", place)
    return counts
