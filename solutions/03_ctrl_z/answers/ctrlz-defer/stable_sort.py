# right: sorts the samples that are acceptable by score, with the order of drawing kept
# loses: none
def defer_to_trusted(turn, threshold):
    sample = turn.draw()
    trusted = turn.trusted()
    return trusted if sample[1] > threshold else sample[0]


def defer_to_resample(turn, threshold, extra=2):
    drawn = [turn.draw()]
    while drawn[0][1] > threshold and len(drawn) < 1 + extra:
        drawn.append(turn.draw())
    fit = sorted((sample for sample in drawn if sample[1] <= threshold), key=lambda sample: sample[1])
    return fit[0][0] if fit else turn.trusted()
