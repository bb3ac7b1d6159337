# wrong: a score at the threshold is deferred
# loses: too_suspicious_goes_to_the_trusted_policy, nothing_more_is_drawn_without_need, fresh_single_samples, draws_all_or_one, none_is_good_enough, extra_of_zero_and_of_two
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score < threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] >= threshold:
        samples += [turn.draw() for _ in range(extra)]
    command, score = min(samples, key=lambda sample: sample[1])
    return command if score < threshold else turn.trusted()
