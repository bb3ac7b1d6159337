# wrong: goes through all names that occur anywhere
# loses: counts_nothing_else
def compaction_audit(before, after, truth):
    counts = dict.fromkeys(("kept", "changed", "lost", "invented", "absent", "false"), 0)
    for thing in {**before, **after, **truth}:
        place = truth.get(thing)
        old, new = before.get(thing, "unknown"), after.get(thing, "unknown")
        if old == "unknown":
            counts["absent" if new == "unknown" else "invented"] += 1
        else:
            counts["kept" if new == old else "lost" if new == "unknown" else "changed"] += 1
        counts["false"] += new not in ("unknown", place)
    return counts
