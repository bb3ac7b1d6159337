# wrong: looks at the sources of the cited records and no further
# loses: what_lies_below_a_summary, fresh_archives, any_number_of_levels
def support(thing, place, cited, archive):
    seen, found = set(), []
    left = [*cited, *(s for c in cited if c in archive for s in archive[c].sources)]
    while left:
        number = left.pop()
        if number in seen or number not in archive:
            continue
        seen.add(number)
        record = archive[number]
        if record.how in ("saw", "told"):
            if (record.subject, record.place) == (thing, place):
                found.append(number)
    return sorted(found)
