# wrong: looks for the latest day among all records of the thing, guesses included
# loses: the_latest_day, made_up_records_are_no_evidence
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in records if e.subject == thing)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
