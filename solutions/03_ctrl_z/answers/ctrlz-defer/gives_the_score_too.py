# wrong: returns command and score
# loses: too_suspicious_goes_to_the_trusted_policy, the_least_suspicious_sample, nothing_more_is_drawn_without_need, fresh_single_samples, fresh_resamples, the_first_of_equals
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return (command, score) if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra)]
    command, score = min(samples, key=lambda sample: sample[1])
    return (command, score) if score <= threshold else turn.trusted()
