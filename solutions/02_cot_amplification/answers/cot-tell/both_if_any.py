# wrong: says "both" as soon as one place counts
# loses: four_clear_cases, fresh_counts, fewer_is_no_fault
def locate(model, control, confidence=0.95, margin=0.05):
    lows = [rate_difference(*model[s], *control[s], confidence)[1] for s in model]
    return "both" if max(lows) > margin else "neither"


VERDICTS = {"blind-1": "answer", "blind-2": "neither", "blind-3": "reasoning", "blind-4": "both"}
