# wrong: counts every changed or invented place as false
# loses: fresh_homes, right_by_luck, false_whichever_it_is
def compaction_audit(before, after, truth):
    counts = dict.fromkeys(("kept", "changed", "lost", "invented", "absent", "false"), 0)
    for thing, place in truth.items():
        old, new = before.get(thing, "unknown"), after.get(thing, "unknown")
        if old == "unknown":
            counts["absent" if new == "unknown" else "invented"] += 1
        else:
            counts["kept" if new == old else "lost" if new == "unknown" else "changed"] += 1
        counts["false"] += new not in ("unknown", old)
    return counts
