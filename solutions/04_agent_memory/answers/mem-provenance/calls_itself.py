# right: a function that calls itself and remembers where it has been
# loses: none
def support(thing, place, cited, archive):
    been = {}

    def visit(number):
        if number in been:
            return
        record = archive.get(number)
        been[number] = bool(record) and record.how in {"saw", "told"} and record.subject == thing and record.place == place
        if record and record.how not in {"saw", "told"}:
            for source in record.sources:
                visit(source)

    for number in cited:
        visit(number)
    return tuple(number for number in sorted(been) if been[number])
