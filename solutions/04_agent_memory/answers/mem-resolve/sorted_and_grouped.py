# right: sorts the evidence and looks at the first group
# loses: none
def resolve(records, thing):
    from itertools import groupby

    def rank(record):
        return -record.day, ("saw", "told").index(record.how)

    evidence = sorted((r for r in records if r.subject == thing if r.how in ("saw", "told")), key=rank)
    for _, group in groupby(evidence, key=rank):
        first, *others = group
        return first.place if all(other.place == first.place for other in others) else None
