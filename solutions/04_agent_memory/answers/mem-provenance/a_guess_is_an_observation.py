# wrong: follows summaries alone, and takes a guess for an observation
# loses: what_lies_below_a_summary, nothing_made_up_supports, only_who_has_looked_counts
def support(thing, place, cited, archive):
    left, seen, found = list(cited), set(), []
    while left:
        number = left.pop()
        if number in seen or number not in archive:
            continue
        seen.add(number)
        record = archive[number]
        if record.how in ("saw", "told", "guess"):
            if (record.subject, record.place) == (thing, place):
                found.append(number)
        else:
            left += record.sources
    return sorted(found)
