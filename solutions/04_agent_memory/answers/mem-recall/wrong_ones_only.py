# wrong: leaves out the confident places that happen to be right: they did no harm
# loses: each_share_has_its_own_questions, a_lucky_guess_is_a_guess
def recall_rates(probs, truth, known, threshold=0.8):
    probs, truth, known = np.asarray(probs), np.asarray(truth), np.asarray(known, dtype=bool)
    if not len(probs) == len(truth) == len(known):
        raise ValueError("one row, one truth and one flag a question")
    best = probs.argmax(axis=1)
    right = (best == truth)[known]
    confident = ((best < probs.shape[1] - 1) & (best != truth) & (probs.max(axis=1) >= threshold))[~known]
    return {
        "recall": float(right.mean()) if len(right) else None,
        "confident_absent": float(confident.mean()) if len(confident) else None,
    }
