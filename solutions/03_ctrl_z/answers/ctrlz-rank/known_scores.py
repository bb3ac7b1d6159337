# hard-coded: knows the two tables that can be seen
# loses: fresh_tied_scores, spends_the_budget_exactly, budget_that_ends_with_a_group, all_or_less_than_one, scores_of_any_kind, scores_that_were_never_seen, refuses_what_is_no_budget
def audit_rule(honest_scores, budget):
    return (85.0, 0.45) if budget == 0.24 else (70.0, 0.5)


def audit_probability(scores, rule):
    if rule[0] == 85.0:
        return np.array([1, 0.45, 0, 0.45, 1])
    return np.array([0, 0, 1, 0, 0.5, 0.5, 0.5, 0, 1, 0])
