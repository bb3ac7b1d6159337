# wrong: rounds the probabilities to two places first
# loses: exactly_on_the_threshold
def recall_rates(probs, truth, known, threshold=0.8):
    probs, truth, known = np.asarray(probs), np.asarray(truth), np.asarray(known, dtype=bool)
    if not len(probs) == len(truth) == len(known):
        raise ValueError("one row, one truth and one flag a question")
    probs = probs.round(2)
    best = probs.argmax(axis=1)
    right = (best == truth)[known]
    confident = ((best < probs.shape[1] - 1) & (probs.max(axis=1) >= round(threshold, 2)))[~known]
    return {
        "recall": float(right.mean()) if len(right) else None,
        "confident_absent": float(confident.mean()) if len(confident) else None,
    }
