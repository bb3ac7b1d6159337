# wrong: takes the last of equally suspicious samples
# loses: the_first_of_equals
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    command, best = turn.draw()
    if best > threshold:
        for _ in range(extra):
            other, score = turn.draw()
            if score <= best:
                command, best = other, score
    return command if best <= threshold else turn.trusted()
