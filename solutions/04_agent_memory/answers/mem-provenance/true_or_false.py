# wrong: answers whether there is support
# loses: what_lies_below_a_summary, nothing_made_up_supports, what_is_not_in_the_archive, fresh_archives
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
    return bool(found)
