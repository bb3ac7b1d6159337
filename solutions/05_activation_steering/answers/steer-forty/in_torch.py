# right: torch in place of numpy
# loses: none
import torch


def infer_forty(tune, report, null_tune, null_report):
    sets = [torch.as_tensor(np.asarray(x), dtype=torch.float64) for x in (tune, report, null_tune, null_report)]
    if sets[2].shape != sets[3].shape or sets[0].shape != sets[1].shape:
        raise ValueError("two sets, the same settings")
    if len(sets[2]) == 0 or sets[2].shape[1] != len(sets[0]):
        raise ValueError("random directions, with the same settings")
    first = int((sets[0] == sets[0].max()).nonzero()[0])
    own = (sets[2] == sets[2].max(dim=1, keepdim=True).values).int().argmax(dim=1, keepdim=True)
    chosen, kept = (x.gather(1, own).squeeze(1) for x in sets[2:])

    def p(effect, null):
        return (1 + (null >= effect).sum().item()) / (1 + len(null))

    a, b = sets[0][first], sets[1][first]
    return {
        "setting": first, "tune": a.item(), "report": b.item(), "shrinkage": (a - b).item(),
        "null_tune": chosen.mean().item(), "null_report": kept.mean().item(),
        "null_shrinkage": (chosen.mean() - kept.mean()).item(),
        "p_neither": p(a, sets[2][:, first]), "p_fresh": p(b, sets[3][:, first]),
        "p_choose": p(a, chosen), "p_both": p(b, kept),
    }


best_of_forty = infer_forty(vector_tune, vector_report, null_tune, null_report)
