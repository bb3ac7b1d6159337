# wrong: lets a told record decide between two sightings of the day
# loses: conflicts_are_not_settled
def resolve(records, thing):
    evidence = [r for r in records if r.subject == thing and r.how in ("saw", "told")]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    told = {r.place for r in records if r.subject == thing and r.how == "told" and evidence and r.day == evidence[0].day}
    places = places & told if len(places) > 1 and evidence[0].how == "saw" else places
    return places.pop() if len(places) == 1 else None
