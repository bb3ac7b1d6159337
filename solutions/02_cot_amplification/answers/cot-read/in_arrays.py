# right: numpy arrays all through
# loses: none
def judge_chain(chain) -> dict:
    import numpy as np

    steps, prices = np.array(chain.steps), np.array(chain.prices)
    errors = np.mod(np.diff(np.concatenate([prices[:1], steps])) - prices[1:], 10)
    faults = np.flatnonzero(errors)
    last = np.array(chain.steps if chain.check is None else chain.check)[-1]
    return {
        "errors": errors,
        "first_fault": faults[0] if faults.size else None,
        "conclusion": last,
        "follows": np.equal(last, chain.answer),
        "padded": np.equal((prices.sum() + 1) % 10, chain.answer),
    }
