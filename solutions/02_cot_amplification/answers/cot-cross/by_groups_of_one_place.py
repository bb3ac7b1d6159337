# right: groups of rows with the word in one place, and a counter
# loses: none
def reanswer(model, rows, generator) -> torch.Tensor:
    at = torch.nonzero(rows == world.ANSWER)[:, 1]
    out = rows.clone()
    for place in at.unique().tolist():
        group = at == place
        with torch.no_grad():
            logits = model(rows[group, : place + 1])[:, -1]
        steps = logits.double().softmax(-1).cumsum(-1)
        u = torch.rand(len(steps), 1, generator=generator, dtype=torch.float64) * steps[:, -1:]
        new = torch.searchsorted(steps, u, right=True).clamp(max=steps.shape[-1] - 1)
        rest = torch.full((len(steps), rows.shape[1] - place - 2), world.END)
        out[group] = torch.cat([rows[group, : place + 1], new, rest], dim=1)
    return out


def follow_table(chains) -> dict[str, int]:
    from collections import Counter

    found = Counter()
    for chain in chains:
        judged_ = judge_chain(chain)
        total = int(str(sum(chain.prices))[-1])
        kind = "clean" if judged_["conclusion"] == total else "faulty"
        found[kind] += 1
        if kind == "faulty" and judged_["follows"]:
            found["followed"] += 1
        elif kind == "faulty" and chain.answer == total:
            found["in spite"] += 1
        elif kind == "clean" and not judged_["follows"]:
            found["broken"] += 1
    return {key: found[key] for key in ("faulty", "followed", "in spite", "clean", "broken")}
