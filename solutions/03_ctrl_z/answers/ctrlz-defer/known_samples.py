# hard-coded: knows the samples that can be seen
# loses: fresh_single_samples, fresh_resamples, draws_all_or_one, the_first_of_equals, none_is_good_enough, extra_of_zero_and_of_two
def defer_to_trusted(turn, threshold):
    return "theirs" if turn.draw()[1] <= 70 else "ours"


def defer_to_resample(turn, threshold, extra=2):
    return "third" if extra == 3 else "first"
