# wrong: begins with an empty dictionary, so a count of 0 has no key
# loses: false_whichever_it_is, right_by_luck, counts_nothing_else
def compaction_audit(before, after, truth):
    counts = {}
    for thing, place in truth.items():
        old, new = before.get(thing, "unknown"), after.get(thing, "unknown")
        if old == "unknown":
            name = ("absent" if new == "unknown" else "invented")
        else:
            name = ("kept" if new == old else "lost" if new == "unknown" else "changed")
        counts[name] = counts.get(name, 0) + 1
        if new not in ("unknown", place):
            counts["false"] = counts.get("false", 0) + 1
    return counts
