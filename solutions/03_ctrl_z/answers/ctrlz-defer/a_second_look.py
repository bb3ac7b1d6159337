# wrong: defer to trusted asks once more before it gives up
# loses: too_suspicious_goes_to_the_trusted_policy, fresh_single_samples
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    if score > threshold:
        command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra)]
    command, score = min(samples, key=lambda sample: sample[1])
    return command if score <= threshold else turn.trusted()
