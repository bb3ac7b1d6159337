# wrong: counts the cited records that say it
# loses: what_lies_below_a_summary, what_is_not_in_the_archive, fresh_archives, any_number_of_levels
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
    return sorted(found)
