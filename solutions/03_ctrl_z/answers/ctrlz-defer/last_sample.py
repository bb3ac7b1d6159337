# wrong: executes the sample that was drawn last, if it is acceptable
# loses: the_least_suspicious_sample, fresh_resamples
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra)]
    command, score = samples[-1]
    return command if score <= threshold else turn.trusted()
