# wrong: returns the cited records that have an observation below them
# loses: what_lies_below_a_summary, what_is_not_in_the_archive, fresh_archives, circles_end
def _below(thing, place, cited, archive):
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
    return sorted(found)


def support(thing, place, cited, archive):
    return sorted({number for number in cited if _below(thing, place, [number], archive)})
