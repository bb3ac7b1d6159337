# wrong: takes the most suspicious of the samples that are acceptable
# loses: the_least_suspicious_sample, fresh_resamples
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra)]
    fit = [s for s in samples if s[1] <= threshold] or samples
    command, score = max(fit, key=lambda sample: sample[1])
    return command if score <= threshold else turn.trusted()
