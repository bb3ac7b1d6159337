# wrong: asks again until a sample is acceptable
# loses: fresh_resamples, draws_all_or_one, none_is_good_enough, extra_of_zero_and_of_two
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    return command if score <= threshold else turn.trusted()


def defer_to_resample(turn, threshold, extra=2):
    command, score = turn.draw()
    while score > threshold:
        command, score = turn.draw()
    return command
