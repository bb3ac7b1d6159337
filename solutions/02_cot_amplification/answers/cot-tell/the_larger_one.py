# wrong: names the place with the larger difference, and never both
# loses: four_clear_cases, fresh_counts
def locate(model, control, confidence=0.95, margin=0.05):
    lows = {s: rate_difference(*model[s], *control[s], confidence)[1] for s in ("reasoning", "answer")}
    place = max(lows, key=lows.get)
    return place if lows[place] > margin else "neither"


VERDICTS = {"blind-1": "answer", "blind-2": "neither", "blind-3": "reasoning", "blind-4": "both"}
