# right: one step for each rule, with early returns
# loses: none
def resolve(records, thing):
    left = [r for r in records if r.subject == thing and r.how != "guess" and r.how != "summary"]
    if not left:
        return None
    latest = max(left, key=lambda r: r.day).day
    seen = [r.place for r in left if r.day == latest and r.how == "saw"]
    told = [r.place for r in left if r.day == latest and r.how == "told"]
    places = seen if seen else told
    if places.count(places[0]) < len(places):
        return None
    return places[0]
