# wrong: answers 'unknown' as the model does
# loses: asks_when_in_doubt, conflicts_are_not_settled, other_things_do_not_matter, made_up_records_are_no_evidence
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else "unknown"
