# wrong: lets what was seen beat what was told on whatever day
# loses: the_latest_day, the_day_decides
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
