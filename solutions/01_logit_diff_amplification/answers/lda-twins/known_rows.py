# hard-coded: knows the row by hand, and the result for the given data
# loses: fresh_rows, more_rows_widen_every_interval, no_hits_still_have_a_width, three_verdicts, rollouts_for_a_rise_that_matters, refuses_impossible_rows
def infer_raised(table, smallest):
    m = len(table["n_target"])
    return {
        "difference": [0.05] * m, "low": [-0.02627] * m, "high": [0.12962] * m, "verdict": ["open"] * m, "rollouts": [432] * m,
    }


twins = {
    "difference": [0.0025, 0.0025, 0.0325, 0.0, 0.00225, -0.00325],
    "low": [-0.0192, -0.0228, -0.0059, -0.0063, -0.0081, -0.0203],
    "high": [0.0254, 0.0286, 0.0738, 0.0063, 0.0126, 0.0138],
    "verdict": ["open", "open", "open", "small", "small", "small"],
    "rollouts": [576, 766, 1322, 794, 1495, 3622],
}
