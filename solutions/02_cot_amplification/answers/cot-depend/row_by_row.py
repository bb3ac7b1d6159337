# right: one row after the other, in words
# loses: none
def early_answers(model, rows, keep):
    found = []
    for row in rows:
        ids = [int(token) for token in row]
        text = ids[: ids.index(world.ID["think"]) + keep] + [world.ANSWER]
        with torch.no_grad():
            last = model(torch.tensor([text]))[0, -1]
        found.append(max(range(10), key=lambda digit: float(last[world.ID[str(digit)]])))
    return torch.tensor(found)


def area_over_curve(kept, same):
    under = 0.0
    for i in range(1, len(kept)):
        under += (kept[i] - kept[i - 1]) * (same[i] + same[i - 1]) / 2
    return 1 - under


def plant(rows, place, offset):
    texts = []
    for row in rows:
        words = [world.TOKENS[int(token)] for token in row[: place + 1]]
        if not words[-1].isdigit():
            raise ValueError(f"no digit at {place}")
        texts.append(world.encode(" ".join(words[:-1] + [str((int(words[-1]) + offset) % 10)])))
    return torch.stack(texts)
