# wrong: takes the number 0 of the first step for no fault (`or None`)
# loses: adds_two_prices_in_the_first_step, names_the_first_fault_of_several
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i for i, error in enumerate(errors) if error), 0) or None,
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
