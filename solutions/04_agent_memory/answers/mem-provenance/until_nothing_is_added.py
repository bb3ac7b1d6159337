# right: adds sources until the set no longer grows
# loses: none
def support(thing, place, cited, archive):
    reached, size = set(cited), -1
    while len(reached) > size:
        size = len(reached)
        for number in list(reached):
            if number in archive and archive[number].how not in ("saw", "told"):
                reached.update(archive[number].sources)
    found = np.array([i for i in reached if i in archive and archive[i].how in ("saw", "told")], dtype=int)
    fits = [archive[int(i)].subject == thing and archive[int(i)].place == place for i in found]
    return np.sort(found[np.array(fits, dtype=bool)])
