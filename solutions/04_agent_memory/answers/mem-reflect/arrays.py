# right: a table of all similarities, and both shares in one array
# loses: none
def repetition_rate(texts, threshold=0.85):
    n = len(texts)
    if n < 2:
        return None
    alike = np.zeros((n, n), dtype=bool)
    for late in range(n):
        for early in range(late):
            alike[late, early] = difflib.SequenceMatcher(None, texts[early], texts[late]).ratio() >= threshold
    return alike.any(axis=1).sum() / (n - 1)


def truth_rates(reflections, house):
    if not reflections:
        return [None, None]
    rows = []
    for r in reflections:
        text = "".join(letter if letter.isalpha() else " " for letter in r.text.lower())
        match r.kind:
            case "object":
                holds = r.value == house.target
            case "place":
                holds = r.value == house.place
            case "locked":
                holds = (r.value, "locked") == (house.place, house.obstacle)
            case _:
                holds = True
        rows.append((house.target in text.split(), holds))
    return np.array(rows, dtype=float).mean(axis=0)
