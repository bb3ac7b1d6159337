# wrong: draws no more once a sample has suspicion 0, because none can be better
# loses: draws_all_or_one
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] > threshold:
        while len(samples) <= extra and samples[-1][1] > 0:
            samples.append(turn.draw())
    command, score = min(samples, key=lambda sample: sample[1])
    return command if score <= threshold else turn.trusted()
