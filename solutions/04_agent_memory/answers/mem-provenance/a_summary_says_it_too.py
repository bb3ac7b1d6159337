# wrong: counts every record that says it, a summary or a guess as well
# loses: nothing_made_up_supports, only_who_has_looked_counts, circles_end, fresh_archives
def support(thing, place, cited, archive):
    left, seen, found = list(cited), set(), []
    while left:
        number = left.pop()
        if number in seen or number not in archive:
            continue
        seen.add(number)
        record = archive[number]
        if (record.subject, record.place) == (thing, place):
            found.append(number)
        if record.how not in ("saw", "told"):
            left += record.sources
    return sorted(found)
