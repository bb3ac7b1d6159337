# wrong: gives the difference with its sign, which lies between -18 and 9
# loses: finds_nothing_in_a_clean_chain, counts_one_error_once, judges_fresh_chains, measures_errors_from_0_to_9
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i for i, error in enumerate(errors) if error), None),
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
