# wrong: takes what most of the latest records say
# loses: saw_beats_told_on_one_day, asks_when_in_doubt, seen_and_told_on_one_day, conflicts_are_not_settled
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    places = [r.place for r in evidence]
    return max(places, key=places.count) if places else None
