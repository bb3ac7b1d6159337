# wrong: asks whether an observation names the place, of whatever thing
# loses: what_lies_below_a_summary, only_who_has_looked_counts, fresh_archives
def support(thing, place, cited, archive):
    left, seen, found = list(cited), set(), []
    while left:
        number = left.pop()
        if number in seen or number not in archive:
            continue
        seen.add(number)
        record = archive[number]
        if record.how in ("saw", "told"):
            if record.place == place:
                found.append(number)
        else:
            left += record.sources
    return sorted(found)
