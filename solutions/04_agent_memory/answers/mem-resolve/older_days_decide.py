# wrong: goes back in time until one place has no rival
# loses: asks_when_in_doubt, conflicts_are_not_settled
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    for day in sorted({r.day for r in evidence}, reverse=True):
        latest = [r for r in evidence if r.day == day]
        latest = [r for r in latest if r.how == "saw"] or latest
        if len({r.place for r in latest}) == 1:
            return latest[0].place
    return None
