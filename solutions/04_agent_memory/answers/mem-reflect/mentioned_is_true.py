# wrong: takes a reflection that names the target for a true one
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
    words = [re.findall(r"\w+", r.text.lower()) for r in reflections]
    mentioned = sum(house.target in found for found in words) / len(words)
    return mentioned, mentioned
