# wrong: looks for the latest day before it looks for the thing
# loses: the_latest_day, other_things_do_not_matter
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in records)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
