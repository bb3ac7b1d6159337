# wrong: numbers the steps from 1
# loses: counts_one_error_once, judges_fresh_chains, adds_two_prices_in_the_first_step, names_the_first_fault_of_several
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i + 1 for i, error in enumerate(errors) if error), None),
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
