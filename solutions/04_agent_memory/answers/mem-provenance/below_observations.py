# wrong: follows the sources of observations as well
# loses: only_what_is_reached
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
        left += record.sources
    return sorted(found)
