# wrong: looks for the steps that the check has changed
# loses: judges_fresh_chains, adds_two_prices_in_the_first_step
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next(
            (i for i, (a, b) in enumerate(zip(chain.steps, chain.check or chain.steps, strict=True)) if a != b), None
        ),
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
