# wrong: looks for observations that fit, cited or not
# loses: what_lies_below_a_summary, what_is_not_in_the_archive, only_what_is_reached, leaves_the_archive_as_it_is
def support(thing, place, cited, archive):
    left, seen, found = list(archive), set(), []
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
