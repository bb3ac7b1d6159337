# right: goes through the records once and keeps the best so far
# loses: none
def resolve(records, thing):
    best, places = None, set()
    for record in records:
        if record.subject != thing or record.how not in {"saw", "told"}:
            continue
        rank = (record.day, record.how == "saw")
        if best is None or rank > best:
            best, places = rank, {record.place}
        elif rank == best:
            places.add(record.place)
    return next(iter(places)) if len(places) == 1 else None
