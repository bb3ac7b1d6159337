# wrong: takes what is said of the kind for evidence
# loses: the_latest_day, other_things_do_not_matter
def resolve(records, thing):
    evidence = [r for r in records if r.subject in (thing, world.KIND[thing]) and r.how != "guess"]
    evidence = [r for r in evidence if r.day == max(e.day for e in evidence)]
    evidence = [r for r in evidence if r.how == "saw"] or evidence
    places = {r.place for r in evidence}
    return places.pop() if len(places) == 1 else None
