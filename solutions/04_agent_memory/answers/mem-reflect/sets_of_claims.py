# right: one matcher whose second text stays, and the claims that hold as a set
# loses: none
def repetition_rate(texts, threshold=0.85):
    texts = list(texts)
    if len(texts) <= 1:
        return None
    matcher, hits = difflib.SequenceMatcher(), []
    for position in range(1, len(texts)):
        matcher.set_seq2(texts[position])
        best = 0.0
        for earlier in texts[:position]:
            matcher.set_seq1(earlier)
            best = max(best, matcher.ratio())
        hits.append(best >= threshold)
    return float(np.mean(hits))


def truth_rates(reflections, house):
    if len(reflections) == 0:
        return (None, None)
    holding = {("object", house.target), ("place", house.place)}
    if house.obstacle == "locked":
        holding.add(("locked", house.place))
    word = re.compile(r"\b" + re.escape(house.target) + r"\b", re.IGNORECASE)
    mentioned = np.mean([bool(word.search(r.text)) for r in reflections])
    true = np.mean([r.kind == "opened" or (r.kind, r.value) in holding for r in reflections])
    return mentioned, true
