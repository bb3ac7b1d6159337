# wrong: chooses among the further samples, and there are none with extra = 0
# loses: extra_of_zero_and_of_two
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    command, score = turn.draw()
    if score > threshold:
        command, score = min((turn.draw() for _ in range(extra)), key=lambda sample: sample[1])
    return command if score <= threshold else turn.trusted()
