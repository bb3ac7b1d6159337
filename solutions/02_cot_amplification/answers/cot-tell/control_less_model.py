# wrong: takes the model from the control
# loses: four_clear_cases, fresh_counts, against_the_control, fewer_is_no_fault
def locate(model, control, confidence=0.95, margin=0.05):
    found = []
    for place in ("reasoning", "answer"):
        (k_1, n_1), (k_2, n_2) = model[place], control[place]
        if rate_difference(k_2, n_2, k_1, n_1, confidence)[1] > margin:
            found.append(place)
    return "both" if len(found) == 2 else found[0] if found else "neither"


VERDICTS = {"blind-1": "answer", "blind-2": "neither", "blind-3": "reasoning", "blind-4": "both"}
