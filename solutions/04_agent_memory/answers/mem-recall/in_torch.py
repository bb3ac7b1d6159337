# right: computes with tensors, and counts by hand
# loses: none
def recall_rates(probs, truth, known, threshold=0.8):
    if len({len(probs), len(truth), len(known)}) > 1:
        raise ValueError("different lengths")
    probs, truth = torch.as_tensor(np.asarray(probs)), torch.as_tensor(np.asarray(truth))
    known = torch.as_tensor(np.asarray(known)).bool()
    top, best = probs.max(dim=1)
    out = {"recall": None, "confident_absent": None}
    if known.any():
        out["recall"] = ((best == truth) & known).sum().item() / known.sum().item()
    if (~known).any():
        stated = (best != probs.shape[1] - 1) & (top >= threshold)
        out["confident_absent"] = (stated & ~known).sum().item() / (~known).sum().item()
    return out
