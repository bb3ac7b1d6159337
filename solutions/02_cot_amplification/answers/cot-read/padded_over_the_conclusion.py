# wrong: compares the answer with the conclusion, so a faulty chain that is followed is not padded
# loses: sees_a_padded_answer, compares_the_answer_with_the_true_total
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i for i, error in enumerate(errors) if error), None),
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - conclusion) % 10 == 1,
    }
