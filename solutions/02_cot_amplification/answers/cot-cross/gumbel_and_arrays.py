# right: the Gumbel trick on all positions, and numpy arrays in the table
# loses: none
def reanswer(model, rows, generator) -> torch.Tensor:
    import numpy as np

    with torch.no_grad():
        logits = model(rows[:, :-1])[rows[:, :-1] == world.ANSWER].double()
    noise = torch.rand(logits.shape, generator=generator, dtype=torch.float64).clamp(1e-300, 1 - 1e-16)
    new = (logits - (-noise.log()).log()).argmax(-1)
    out = rows.clone().numpy()
    for row, token in zip(out, new.tolist(), strict=True):
        (at,) = np.flatnonzero(row == world.ANSWER)
        row[at + 1] = token
        row[at + 2 :] = world.END
    return torch.from_numpy(out)


def follow_table(chains) -> dict[str, int]:
    import numpy as np

    end = np.array([(c.steps if c.check is None else c.check)[-1] for c in chains])
    total = np.array([sum(c.prices) % 10 for c in chains])
    said = np.array([c.answer for c in chains])
    faulty = end != total
    table = {"faulty": faulty, "followed": faulty & (said == end), "in spite": faulty & (said == total)}
    table |= {"clean": ~faulty, "broken": ~faulty & (said != total)} if len(chains) else {"clean": end, "broken": end}
    return {key: int(column.sum()) for key, column in table.items()}
