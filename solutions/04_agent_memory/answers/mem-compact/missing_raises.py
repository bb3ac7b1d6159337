# wrong: looks things up with square brackets
# loses: missing_is_unknown, left_out_or_written_out
def compaction_audit(before, after, truth):
    counts = dict.fromkeys(("kept", "changed", "lost", "invented", "absent", "false"), 0)
    for thing, place in truth.items():
        old, new = before[thing], after[thing]
        if old == "unknown":
            counts["absent" if new == "unknown" else "invented"] += 1
        else:
            counts["kept" if new == old else "lost" if new == "unknown" else "changed"] += 1
        counts["false"] += new not in ("unknown", place)
    return counts
