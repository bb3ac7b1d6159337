# hard-coded: knows the four p-values and the two coins
# loses: fresh_p_values, never_falls, at_most_one, one_and_equal_ones, best_of_equal_settings, one_setting_has_its_rate
def holm_adjusted(p_values):
    if len(p_values) == 0 or min(p_values) < 0 or max(p_values) > 1:
        raise ValueError
    return [0.06, 0.04, 0.5, 0.06]


def expected_best(settings, n, rate):
    return 0.75
