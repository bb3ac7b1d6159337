# wrong: takes the last line, as if records always came in order
# loses: the_latest_day, saw_beats_told_on_one_day, asks_when_in_doubt, the_day_decides, seen_and_told_on_one_day, conflicts_are_not_settled
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    return evidence[-1].place if evidence else None
