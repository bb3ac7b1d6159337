# wrong: takes the mean of an empty list
# loses: a_share_of_nothing, shares_of_nothing
def recall_rates(probs, truth, known, threshold=0.8):
    probs, truth, known = np.asarray(probs), np.asarray(truth), np.asarray(known, dtype=bool)
    if not len(probs) == len(truth) == len(known):
        raise ValueError("one row, one truth and one flag a question")
    best = probs.argmax(axis=1)
    right = (best == truth)[known]
    confident = ((best < probs.shape[1] - 1) & (probs.max(axis=1) >= threshold))[~known]
    return {
        "recall": float(right.mean()),
        "confident_absent": float(confident.mean()),
    }
