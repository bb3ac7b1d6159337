# wrong: asks whether the answer is the last step, also where a check repaired it
# loses: concludes_with_the_check
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i for i, error in enumerate(errors) if error), None),
        "conclusion": conclusion,
        "follows": chain.answer == chain.steps[-1],
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
