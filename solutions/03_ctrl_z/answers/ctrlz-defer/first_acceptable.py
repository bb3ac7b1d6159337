# wrong: stops at the first acceptable sample
# loses: the_least_suspicious_sample, fresh_resamples, draws_all_or_one
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    for _ in range(1 + extra):
        command, score = turn.draw()
        if score <= threshold:
            return command
    return turn.trusted()
