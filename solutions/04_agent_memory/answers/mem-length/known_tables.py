# hard-coded: knows the five houses, and the result for the given ones
# loses: fresh_logs, one_rho_a_replication, p_counts_the_larger_ones, an_equal_rho_counts, a_replication_without_differences, short_logs_stay_out, only_ranks_matter, refuses_what_has_no_rho
def infer_excess(trials, flags, null_rates):
    return {"houses": 3, "rho": 0.5, "null_rho": 1 / 6, "excess": 1 / 3, "p": 0.75}


excess = {"houses": 81, "rho": 0.319534, "null_rho": 0.392728, "excess": -0.073195, "p": 0.725}
