# wrong: thinks that the first step has nothing before it and cannot be wrong
# loses: finds_nothing_in_a_clean_chain, judges_fresh_chains, adds_two_prices_in_the_first_step, names_the_first_fault_of_several
def judge_chain(chain) -> dict:
    shown = [chain.prices[0], *chain.steps]
    errors = [(chain.steps[i] - chain.steps[i - 1] - chain.prices[i + 1]) % 10 for i in range(1, len(chain.steps))]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i for i, error in enumerate(errors) if error), None),
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
