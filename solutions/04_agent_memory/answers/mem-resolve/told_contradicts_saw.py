# wrong: leaves rule 3 out: of one day, told contradicts saw
# loses: saw_beats_told_on_one_day, seen_and_told_on_one_day
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
