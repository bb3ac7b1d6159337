# wrong: does not regret what was wrong anyway
# loses: fresh_homes, false_whichever_it_is, wrong_before_already
def compaction_audit(before, after, truth):
    counts = dict.fromkeys(("kept", "changed", "lost", "invented", "absent", "false"), 0)
    for thing, place in truth.items():
        old, new = before.get(thing, "unknown"), after.get(thing, "unknown")
        if new == "unknown" and old != place:
            counts["absent"] += 1
        elif old == "unknown":
            counts["absent" if new == "unknown" else "invented"] += 1
        else:
            counts["kept" if new == old else "lost" if new == "unknown" else "changed"] += 1
        counts["false"] += new not in ("unknown", place)
    return counts
