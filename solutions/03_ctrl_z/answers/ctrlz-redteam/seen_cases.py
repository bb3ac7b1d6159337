# hard-coded: knows the two visible cases
# loses: fresh_tasks_by_their_odds, equals_in_their_order_undecided_last, rates_are_rounded, fresh_searches, one_pair_is_the_formula, many_attempts_or_good_ones, of_equals_the_first
def attacked_tasks(caught, succeeds, rate):
    return [1, 3]


def red_team(caught, succeeds, rates, episode):
    return 1, 0.5, 0.25
