# wrong: sorts pairs of score and command, so that equals go by the alphabet
# loses: the_first_of_equals
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra)]
    score, command = min((s, c) for c, s in samples)
    return command if score <= threshold else turn.trusted()
