# wrong: takes the places in the order of each dict
# loses: against_the_control
def locate(model, control, confidence=0.95, margin=0.05):
    pairs = zip(model, model.values(), control.values(), strict=True)
    found = [place for place, one, two in pairs if rate_difference(*one, *two, confidence)[1] > margin]
    return "both" if len(found) == 2 else found[0] if found else "neither"


VERDICTS = {"blind-1": "answer", "blind-2": "neither", "blind-3": "reasoning", "blind-4": "both"}
