# wrong: keeps samples in a table by score: a later one replaces an earlier one
# loses: the_first_of_equals
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra)]
    by_score = {s: c for c, s in samples}
    score = min(by_score)
    command = by_score[score]
    return command if score <= threshold else turn.trusted()
