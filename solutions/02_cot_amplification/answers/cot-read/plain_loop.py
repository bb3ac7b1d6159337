# right: one loop that carries the number written last
# loses: none
def judge_chain(chain) -> dict:
    errors, first_fault, written = [], None, chain.prices[0]
    for number, step in enumerate(chain.steps):
        should_be = (written + chain.prices[number + 1]) % 10
        error = step - should_be
        if error < 0:
            error += 10
        if error and first_fault is None:
            first_fault = number
        errors.append(error)
        written = step
    if chain.check is not None:
        written = chain.check[-1]
    total = 0
    for price in chain.prices:
        total += price
    one_higher = str(total + 1)[-1]
    return dict(
        errors=tuple(errors),
        first_fault=first_fault,
        conclusion=written,
        follows=not chain.answer != written,
        padded=str(chain.answer) == one_higher,
    )
