# wrong: goes through the answers before, and so never meets an invented one that was missing
# loses: missing_is_unknown, left_out_or_written_out
def compaction_audit(before, after, truth):
    counts = dict.fromkeys(("kept", "changed", "lost", "invented", "absent", "false"), 0)
    for thing in before:
        place = truth.get(thing, "unknown")
        old, new = before.get(thing, "unknown"), after.get(thing, "unknown")
        if old == "unknown":
            counts["absent" if new == "unknown" else "invented"] += 1
        else:
            counts["kept" if new == old else "lost" if new == "unknown" else "changed"] += 1
        counts["false"] += new not in ("unknown", place)
    return counts
