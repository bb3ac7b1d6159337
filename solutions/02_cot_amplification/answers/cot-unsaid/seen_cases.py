# hard-coded: knows the twelve cases that can be seen
# loses: fresh_cases, already_there, other_numbers_of_answers, never_above_one, all_of_it_noise, none_said_and_all_said
def reveal_rate(cases, options=10):
    if len(cases) == 12:
        return {"switched": 4, "raw": 0.25, "corrected": 0.25 / (1 - 0.2 / 3.2)}
    return {"switched": 0, "raw": None, "corrected": None}
