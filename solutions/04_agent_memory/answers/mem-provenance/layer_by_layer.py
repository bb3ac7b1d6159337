# right: goes down one layer after the other, with sets
# loses: none
def support(thing, place, cited, archive):
    reached, layer = set(), set(cited) & archive.keys()
    while layer:
        reached |= layer
        below = {s for i in layer if archive[i].how in ("guess", "summary") for s in archive[i].sources}
        layer = (below & archive.keys()) - reached
    says_it = [archive[i] for i in reached if archive[i].subject == thing and archive[i].place == place]
    return sorted(record.id for record in says_it if record.how in ("saw", "told"))
