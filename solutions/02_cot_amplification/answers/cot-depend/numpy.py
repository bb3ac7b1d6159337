# right: with numpy, and plain numbers
# loses: none
import numpy as np


def early_answers(model, rows, keep):
    rows = np.asarray(rows)
    start = np.flatnonzero(rows[0] == world.ID["think"])[0]
    text = np.hstack([rows[:, : start + keep], np.full((len(rows), 1), world.ANSWER)])
    with torch.no_grad():
        logits = model(torch.from_numpy(text))[:, -1].numpy()
    return logits[:, world.ID["0"] : world.ID["9"] + 1].argmax(axis=1)


def area_over_curve(kept, same):
    kept, changed = np.asarray(kept, dtype=float), 1 - np.asarray(same, dtype=float)
    return float((np.diff(kept) * (changed[1:] + changed[:-1])).sum() / 2)


def plant(rows, place, offset):
    rows = rows.numpy()[:, : place + 1].copy()
    if (rows[:, place] < world.ID["0"]).any():  # the digits are the last ten tokens
        raise ValueError("a row without a digit")
    rows[:, place] = (rows[:, place] - world.ID["0"] + offset) % 10 + world.ID["0"]
    return torch.from_numpy(rows)
