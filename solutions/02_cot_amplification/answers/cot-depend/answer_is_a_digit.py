# wrong: is off by one id, and takes "answer" for a digit
# loses: refuses_what_is_no_digit
def early_answers(model, rows, keep):
    think = int((rows[0] == world.ID["think"]).int().argmax())
    ask = torch.full((len(rows), 1), world.ANSWER)
    with torch.no_grad():
        logits = model(torch.cat([rows[:, : think + keep], ask], dim=1))[:, -1]
    return logits[:, world.ID["0"] : world.ID["0"] + 10].argmax(-1)


def area_over_curve(kept, same):
    pieces = zip(kept, kept[1:], same, same[1:], strict=False)
    return sum((right - left) * (1 - (a + b) / 2) for left, right, a, b in pieces)


def plant(rows, place, offset):
    value = rows[:, place] - world.ID["0"]
    if not ((value >= -1) & (value <= 9)).all():
        raise ValueError(f"not every row has a digit at position {place}")
    planted = rows[:, : place + 1].clone()
    planted[:, place] = world.digits((value + offset) % 10)
    return planted
