# wrong: asks itself for each source, without a mark where it has been
# loses: circles_end
def support(thing, place, cited, archive):
    found = []
    for number in cited:
        if number not in archive:
            continue
        record = archive[number]
        if record.how in ("saw", "told"):
            if (record.subject, record.place) == (thing, place):
                found.append(number)
        else:
            found += support(thing, place, record.sources, archive)
    return sorted(set(found))
