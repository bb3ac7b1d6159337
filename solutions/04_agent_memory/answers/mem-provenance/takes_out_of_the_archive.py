# wrong: takes each record out of the archive so as not to meet it again
# loses: leaves_the_archive_as_it_is
def support(thing, place, cited, archive):
    left, seen, found = list(cited), set(), []
    while left:
        number = left.pop()
        record = archive.pop(number, None)
        if record is None:
            continue
        if record.how in ("saw", "told"):
            if (record.subject, record.place) == (thing, place):
                found.append(number)
        else:
            left += record.sources
    return sorted(found)
