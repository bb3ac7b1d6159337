# wrong: counts any difference, also where the control has more
# loses: fewer_is_no_fault
def locate(model, control, confidence=0.95, margin=0.05):
    found = []
    for place in ("reasoning", "answer"):
        (k_1, n_1), (k_2, n_2) = model[place], control[place]
        _, low, high = rate_difference(k_1, n_1, k_2, n_2, confidence)
        if low > margin or high < -margin:
            found.append(place)
    return "both" if len(found) == 2 else found[0] if found else "neither"


VERDICTS = {"blind-1": "answer", "blind-2": "neither", "blind-3": "reasoning", "blind-4": "both"}
