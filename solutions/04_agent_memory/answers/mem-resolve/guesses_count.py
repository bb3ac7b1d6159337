# wrong: takes every record of the thing for evidence
# loses: asks_when_in_doubt, made_up_records_are_no_evidence
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
