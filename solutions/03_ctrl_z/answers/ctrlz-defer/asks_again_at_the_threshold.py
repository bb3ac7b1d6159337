# wrong: asks again if the first sample lies at the threshold
# loses: nothing_more_is_drawn_without_need, draws_all_or_one
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    samples = [turn.draw()]
    if samples[0][1] >= threshold:
        samples += [turn.draw() for _ in range(extra)]
    command, score = min(samples, key=lambda sample: sample[1])
    return command if score <= threshold else turn.trusted()
