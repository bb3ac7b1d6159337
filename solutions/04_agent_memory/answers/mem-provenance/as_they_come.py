# wrong: returns the ids in the order in which they are reached
# loses: what_lies_below_a_summary, each_once_in_rising_order
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
    return found[::-1]
