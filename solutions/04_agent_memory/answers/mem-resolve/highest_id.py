# wrong: takes the record with the highest id for the newest
# loses: the_latest_day, saw_beats_told_on_one_day, asks_when_in_doubt, conflicts_are_not_settled
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    return max(evidence, key=lambda r: r.id).place if evidence else None
