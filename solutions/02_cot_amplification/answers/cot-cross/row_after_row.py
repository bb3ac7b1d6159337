# right: cuts each row after the word, one after the other, and counts in comprehensions
# loses: none
def reanswer(model, rows, generator) -> torch.Tensor:
    done = torch.full_like(rows, world.END)
    for i, row in enumerate(rows):
        until = row.tolist().index(world.ANSWER) + 1
        done[i, :until] = row[:until]
        probabilities = model(row[None, :until])[0, -1].softmax(0)
        done[i, until] = torch.multinomial(probabilities, 1, generator=generator).item()
    return done


def follow_table(chains) -> dict[str, int]:
    seen = [(judge_chain(c)["conclusion"], sum(c.prices) % 10, c.answer) for c in chains]
    return {
        "faulty": sum(end != total for end, total, _ in seen),
        "followed": sum(end != total and said == end for end, total, said in seen),
        "in spite": sum(end != total and said == total for end, total, said in seen),
        "clean": sum(end == total for end, total, _ in seen),
        "broken": sum(end == total and said != total for end, total, said in seen),
    }
