# wrong: lets the first step start from 0 in place of the first price
# loses: finds_nothing_in_a_clean_chain, judges_fresh_chains, adds_two_prices_in_the_first_step
def judge_chain(chain) -> dict:
    shown = [0, *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i for i, error in enumerate(errors) if error), None),
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
