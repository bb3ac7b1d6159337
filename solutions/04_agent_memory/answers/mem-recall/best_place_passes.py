# wrong: asks whether some place passes the threshold, not whether it is what the model says
# loses: unknown_is_no_place
def recall_rates(probs, truth, known, threshold=0.8):
    probs, truth, known = np.asarray(probs), np.asarray(truth), np.asarray(known, dtype=bool)
    if not len(probs) == len(truth) == len(known):
        raise ValueError("one row, one truth and one flag a question")
    best = probs.argmax(axis=1)
    right = (best == truth)[known]
    confident = (probs[:, :-1].max(axis=1) >= threshold)[~known]
    return {
        "recall": float(right.mean()) if len(right) else None,
        "confident_absent": float(confident.mean()) if len(confident) else None,
    }
