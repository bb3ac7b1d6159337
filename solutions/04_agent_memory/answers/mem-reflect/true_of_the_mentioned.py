# wrong: takes the true ones among those that mention the target
# loses: each_claim_against_the_house, two_shares_of_all
def repetition_rate(texts, threshold=0.85):
    if len(texts) < 2:
        return None
    repeated = 0
    for i in range(1, len(texts)):
        if any(difflib.SequenceMatcher(None, texts[j], texts[i]).ratio() >= threshold for j in range(i)):
            repeated += 1
    return repeated / (len(texts) - 1)


def truth_rates(reflections, house):
    if not reflections:
        return None, None
    holds = {"object": {house.target}, "place": {house.place}}
    holds["locked"] = {house.place} if house.obstacle == "locked" else set()
    said = [r for r in reflections if re.search(rf"\b{house.target}\b", r.text.lower())]
    true = [r for r in said if r.kind == "opened" or r.value in holds[r.kind]]
    return len(said) / len(reflections), len(true) / len(said) if said else 0.0
