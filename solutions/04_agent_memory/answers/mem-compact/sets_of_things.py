# right: makes a set of the things that have a place, before and after
# loses: none
def compaction_audit(before, after, truth):
    old = {thing for thing in truth if before.get(thing) not in (None, "unknown")}
    new = {thing for thing in truth if after.get(thing) not in (None, "unknown")}
    kept = {thing for thing in old & new if before[thing] == after[thing]}
    return {
        "kept": len(kept),
        "changed": len((old & new) - kept),
        "lost": len(old - new),
        "invented": len(new - old),
        "absent": len(set(truth) - old - new),
        "false": len([thing for thing in new if after[thing] != truth[thing]]),
    }
