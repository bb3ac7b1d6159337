# wrong: takes a score within one step of the scale above the threshold for one at it
# loses: too_suspicious_goes_to_the_trusted_policy, fresh_single_samples, none_is_good_enough
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold + 5 else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra)]
    command, score = min(samples, key=lambda sample: sample[1])
    return command if score <= threshold + 5 else turn.trusted()
