# wrong: asks for the latest day of nothing
# loses: asks_when_in_doubt, other_things_do_not_matter, made_up_records_are_no_evidence
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    newest = max(e.day for e in evidence)
    evidence = [r for r in evidence if r.day == newest]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
