# wrong: asks whether an observation speaks of the thing, wherever it is
# loses: nothing_made_up_supports, only_who_has_looked_counts, fresh_archives
def support(thing, place, cited, archive):
    left, seen, found = list(cited), set(), []
    while left:
        number = left.pop()
        if number in seen or number not in archive:
            continue
        seen.add(number)
        record = archive[number]
        if record.how in ("saw", "told"):
            if record.subject == thing:
                found.append(number)
        else:
            left += record.sources
    return sorted(found)
