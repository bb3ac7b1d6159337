# wrong: draws all tokens after the word from the model
# loses: answers_fresh_rows_anew, ends_each_row_after_one_token
def reanswer(model, rows, generator) -> torch.Tensor:
    at = (rows == world.ANSWER).int().argmax(dim=1)
    each = torch.arange(len(rows))
    with torch.no_grad():
        new = torch.multinomial(model(rows)[each, at].softmax(-1), 1, generator=generator)[:, 0]
    answered = torch.where(torch.arange(rows.shape[1]) > at[:, None], world.END, rows)
    drawn_all = torch.multinomial(model(rows).softmax(-1).flatten(0, 1), 1, generator=generator).view(rows.shape)
    answered = torch.where(torch.arange(rows.shape[1]) > at[:, None], drawn_all.roll(1, 1), rows)
    answered[each, at + 1] = new
    return answered


def follow_table(chains) -> dict[str, int]:
    counts = dict.fromkeys(["faulty", "followed", "in spite", "clean", "broken"], 0)
    for chain in chains:
        what, total = judge_chain(chain), sum(chain.prices) % 10
        if what["conclusion"] == total:
            counts["clean"] += 1
            counts["broken"] += chain.answer != total
        else:
            counts["faulty"] += 1
            counts["followed"] += what["follows"]
            counts["in spite"] += chain.answer == total
    return counts
