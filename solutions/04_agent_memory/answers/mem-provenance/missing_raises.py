# wrong: looks ids up without asking whether they are there
# loses: what_is_not_in_the_archive, ids_that_are_not_there
def support(thing, place, cited, archive):
    left, seen, found = list(cited), set(), []
    while left:
        number = left.pop()
        if number in seen:
            continue
        seen.add(number)
        record = archive[number]
        if record.how in ("saw", "told"):
            if (record.subject, record.place) == (thing, place):
                found.append(number)
        else:
            left += record.sources
    return sorted(found)
