# wrong: says which known model each one is, not where the fault sits
# loses: a_word_for_each_blind_model, what_the_four_are
def locate(model, control, confidence=0.95, margin=0.05):
    found = [s for s in ("reasoning", "answer") if rate_difference(*model[s], *control[s], confidence)[1] > margin]
    return "both" if len(found) == 2 else found[0] if found else "neither"


VERDICTS = {"blind-1": "answer", "blind-2": "rushed", "blind-3": "steps", "blind-4": "both"}
