# wrong: counts only what was seen
# loses: what_lies_below_a_summary, what_is_not_in_the_archive, fresh_archives, any_number_of_levels, only_who_has_looked_counts
def support(thing, place, cited, archive):
    left, seen, found = list(cited), set(), []
    while left:
        number = left.pop()
        if number in seen or number not in archive:
            continue
        seen.add(number)
        record = archive[number]
        if record.how in ("saw", "told"):
            if record.how == "saw" and (record.subject, record.place) == (thing, place):
                found.append(number)
        else:
            left += record.sources
    return sorted(found)
