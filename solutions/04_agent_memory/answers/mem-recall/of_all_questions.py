# wrong: divides both counts by the number of all questions
# loses: each_share_has_its_own_questions, fresh_tables
def recall_rates(probs, truth, known, threshold=0.8):
    probs, truth, known = np.asarray(probs), np.asarray(truth), np.asarray(known, dtype=bool)
    if not len(probs) == len(truth) == len(known):
        raise ValueError("one row, one truth and one flag a question")
    best = probs.argmax(axis=1)
    right = (best == truth)[known]
    confident = ((best < probs.shape[1] - 1) & (probs.max(axis=1) >= threshold))[~known]
    return {
        "recall": float(right.sum() / len(probs)) if len(right) else None,
        "confident_absent": float(confident.sum() / len(probs)) if len(confident) else None,
    }
