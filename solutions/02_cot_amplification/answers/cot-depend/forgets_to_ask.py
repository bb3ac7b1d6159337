# wrong: cuts the reasoning and takes the next token, without the word "answer"
# loses: asks_after_the_cut, cut_anywhere, bills_of_any_length
def early_answers(model, rows, keep):
    think = int((rows[0] == world.ID["think"]).int().argmax())
    with torch.no_grad():
        logits = model(rows[:, : think + keep])[:, -1]
    return logits[:, world.ID["0"] : world.ID["0"] + 10].argmax(-1)


def area_over_curve(kept, same):
    pieces = zip(kept, kept[1:], same, same[1:], strict=False)
    return sum((right - left) * (1 - (a + b) / 2) for left, right, a, b in pieces)


def plant(rows, place, offset):
    value = rows[:, place] - world.ID["0"]
    if not ((value >= 0) & (value <= 9)).all():
        raise ValueError(f"not every row has a digit at position {place}")
    planted = rows[:, : place + 1].clone()
    planted[:, place] = world.digits((value + offset) % 10)
    return planted
