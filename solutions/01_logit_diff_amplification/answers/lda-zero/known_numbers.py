# hard-coded: knows the four rollouts by hand, and the result for the given data
# loses: fresh_rollouts, unequal_weights_widen_the_interval, one_heavy_hit, no_hit_leaves_the_plain_bound, promise_and_bound_follow_the_numbers, refuses_what_does_not_fit
def infer_rate(log_weights, hits, plain_rollouts, uses):
    return {
        "rate": 0.00075, "low": 0.0001, "high": 0.004, "ess": 1.8, "plain_bound": 0.00299125, "expected": 1.5, "p_none": 0.223,
    }


million = {
    "rate": 2.4675e-05, "low": 1.391e-05, "high": 4.377e-05, "ess": 11.70, "plain_bound": 0.00099808, "expected": 24.675,
    "p_none": 0.0,
}
