# wrong: draws `extra` samples in all, the first included
# loses: fresh_resamples, draws_all_or_one, extra_of_zero_and_of_two
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        samples += [turn.draw() for _ in range(extra - 1)]
    command, score = min(samples, key=lambda sample: sample[1])
    return command if score <= threshold else turn.trusted()
