# right: tensors, and a check by its word
# loses: none
def judge_chain(chain) -> dict:
    steps, prices = torch.tensor(chain.steps), torch.tensor(chain.prices)
    previous = torch.cat([prices[:1], steps[:-1]])
    errors = torch.remainder(steps - previous - prices[1:], 10)
    wrong = errors.nonzero()[:, 0].tolist()
    conclusion = chain.steps[-1] if chain.verdict == "sure" else chain.check[-1]
    return {
        "errors": errors,
        "first_fault": wrong[0] if wrong else None,
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": bool(torch.remainder(chain.answer - prices.sum(), 10) == 1),
        "chain": str(chain),
    }
