# wrong: calls a chain faulty whose answer is wrong
# loses: counts_four_chains, counts_fresh_chains, goes_by_the_conclusion, counts_followed_among_the_faulty
def reanswer(model, rows, generator) -> torch.Tensor:
    at = (rows == world.ANSWER).int().argmax(dim=1)
    each = torch.arange(len(rows))
    with torch.no_grad():
        new = torch.multinomial(model(rows)[each, at].softmax(-1), 1, generator=generator)[:, 0]
    answered = torch.where(torch.arange(rows.shape[1]) > at[:, None], world.END, rows)
    answered[each, at + 1] = new
    return answered


def follow_table(chains) -> dict[str, int]:
    counts = dict.fromkeys(["faulty", "followed", "in spite", "clean", "broken"], 0)
    for chain in chains:
        what, total = judge_chain(chain), sum(chain.prices) % 10
        if chain.answer == total:
            counts["clean"] += 1
            counts["broken"] += chain.answer != total
        else:
            counts["faulty"] += 1
            counts["followed"] += what["follows"]
            counts["in spite"] += chain.answer == total
    return counts
