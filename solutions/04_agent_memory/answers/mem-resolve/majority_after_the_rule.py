# wrong: settles a conflict by a vote of what is left
# loses: asks_when_in_doubt, conflicts_are_not_settled
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = [r.place for r in evidence]
    return max(places, key=places.count) if places else None
