# wrong: measures similarity by the words that two texts share
# loses: one_word_apart_is_still_said_again, at_least_the_threshold, order_of_the_letters
def overlap(one, two):
    one, two = set(one.split()), set(two.split())
    return len(one & two) / len(one | two)


def repetition_rate(texts, threshold=0.85):
    if len(texts) < 2:
        return None
    repeated = 0
    for i in range(1, len(texts)):
        if any(overlap(texts[j], texts[i]) >= threshold for j in range(i)):
            repeated += 1
    return repeated / (len(texts) - 1)


def truth_rates(reflections, house):
    if not reflections:
        return None, None
    mentioned = true = 0
    for r in reflections:
        mentioned += re.search(rf"\b{house.target}\b", r.text.lower()) is not None
        if r.kind == "object":
            true += r.value == house.target
        elif r.kind == "place":
            true += r.value == house.place
        elif r.kind == "locked":
            true += r.value == house.place and house.obstacle == "locked"
        else:
            true += 1
    return mentioned / len(reflections), true / len(reflections)
