# wrong: names the step with the largest error
# loses: names_the_first_fault_of_several
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": errors.index(max(errors)) if any(errors) else None,
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
