# wrong: compares each step with the true sum, so one wrong step counts in all that follow
# loses: counts_one_error_once, judges_fresh_chains, judges_a_step_by_what_stands_before_it
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(step - sum(chain.prices[: i + 2])) % 10 for i, step in enumerate(chain.steps)]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i for i, error in enumerate(errors) if error), None),
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
