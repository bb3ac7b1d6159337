# wrong: sorts the ids as texts
# loses: each_once_in_rising_order
def support(thing, place, cited, archive):
    left, seen, found = list(cited), set(), []
    while left:
        number = left.pop()
        if number in seen or number not in archive:
            continue
        seen.add(number)
        record = archive[number]
        if record.how in ("saw", "told"):
            if (record.subject, record.place) == (thing, place):
                found.append(number)
        else:
            left += record.sources
    return sorted(found, key=str)
