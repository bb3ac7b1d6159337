# wrong: believes only what was seen
# loses: the_latest_day, the_day_decides, agreement_is_an_answer, made_up_records_are_no_evidence
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw",)]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
