# wrong: compares the days as texts, where 9 comes after 10
# loses: the_day_decides
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if str(r.day) == max(str(e.day) for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
