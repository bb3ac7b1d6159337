# wrong: returns at the first place that counts
# loses: four_clear_cases, fresh_counts
def locate(model, control, confidence=0.95, margin=0.05):
    for place in ("reasoning", "answer"):
        if rate_difference(*model[place], *control[place], confidence)[1] > margin:
            return place
    return "neither"


VERDICTS = {"blind-1": "answer", "blind-2": "neither", "blind-3": "reasoning", "blind-4": "both"}
