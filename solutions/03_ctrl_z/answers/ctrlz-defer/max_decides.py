# wrong: executes the least suspicious sample only if none of the further ones is above the threshold
# loses: the_least_suspicious_sample, fresh_resamples
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra)]
    command, score = min(samples, key=lambda sample: sample[1])
    return command if len(samples) == 1 and score <= threshold or len(samples) > 1 and max(s for _, s in samples[1:]) <= threshold else turn.trusted()
