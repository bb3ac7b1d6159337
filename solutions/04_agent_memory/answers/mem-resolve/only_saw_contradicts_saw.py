# wrong: asks only when two sightings contradict each other
# loses: asks_when_in_doubt, conflicts_are_not_settled
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    if len(places) > 1 and evidence[0].how == "saw":
        return None
    return evidence[0].place if evidence else None
