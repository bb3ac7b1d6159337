# right: lets the strict control speak too, and takes what both say
# loses: none
def locate(model, control, confidence=0.95, margin=0.05):
    found = [s for s in ("reasoning", "answer") if rate_difference(*model[s], *control[s], confidence)[1] > margin]
    return "both" if len(found) == 2 else found[0] if found else "neither"


VERDICTS = {}
for name, found in blind.items():
    one, two = (locate(found, known[control]) for control in ("benign", "rushed"))
    VERDICTS[name] = one if one == two else "neither"
