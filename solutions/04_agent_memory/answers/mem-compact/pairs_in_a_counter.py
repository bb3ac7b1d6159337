# right: names each pair of answers, counts the names, and adds up what is false
# loses: none
def compaction_audit(before, after, truth):
    from collections import Counter

    def sort_of(thing):
        old, new = (answers.get(thing, "unknown") for answers in (before, after))
        match old == "unknown", new == "unknown":
            case True, True:
                return "absent"
            case True, False:
                return "invented"
            case False, True:
                return "lost"
        return "kept" if old == new else "changed"

    counts = Counter(map(sort_of, truth))
    false = sum(after[thing] not in ("unknown", truth[thing]) for thing in truth if thing in after)
    return {**{name: counts[name] for name in ("kept", "changed", "lost", "invented", "absent")}, "false": false}
