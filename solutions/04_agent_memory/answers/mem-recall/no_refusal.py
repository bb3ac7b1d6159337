# wrong: trusts that the three belong together, and stops at the shortest
# loses: refuses_different_lengths
def recall_rates(probs, truth, known, threshold=0.8):
    probs, truth, known = np.asarray(probs), np.asarray(truth), np.asarray(known, dtype=bool)
    n = min(len(probs), len(truth), len(known))
    probs, truth, known = probs[:n], truth[:n], known[:n]
    best = probs.argmax(axis=1)
    right = (best == truth)[known]
    confident = ((best < probs.shape[1] - 1) & (probs.max(axis=1) >= threshold))[~known]
    return {
        "recall": float(right.mean()) if len(right) else None,
        "confident_absent": float(confident.mean()) if len(confident) else None,
    }
