# right: masks all words but the digits, and integrates with torch
# loses: none
def early_answers(model, rows, keep):
    at = (rows == world.ID["think"]).nonzero()[0, 1]
    digits = torch.tensor([world.ID[d] for d in "0123456789"])
    mask = torch.full((len(world.TOKENS),), float("-inf"))
    mask[digits] = 0.0
    text = torch.nn.functional.pad(rows[:, : at + keep], (0, 1), value=world.ANSWER)
    with torch.no_grad():
        return (model(text)[:, -1] + mask).argmax(-1) - digits[0]


def area_over_curve(kept, same):
    kept, same = torch.as_tensor(kept, dtype=torch.float64), torch.as_tensor(same, dtype=torch.float64)
    return float(torch.trapezoid(1 - same, kept))


def plant(rows, place, offset):
    here = rows[:, place]
    if not torch.isin(here, world.digits(torch.arange(10))).all():
        raise ValueError("plant needs a digit in every row")
    new = world.digits((here - world.ID["0"] + offset).remainder(10))
    return torch.cat([rows[:, :place], new[:, None]], dim=1)
