# wrong: throws the last column away before the argmax, as one does for accuracy
# loses: each_share_has_its_own_questions, unknown_is_no_place
def recall_rates(probs, truth, known, threshold=0.8):
    probs, truth, known = np.asarray(probs), np.asarray(truth), np.asarray(known, dtype=bool)
    if not len(probs) == len(truth) == len(known):
        raise ValueError("one row, one truth and one flag a question")
    places = probs[:, :-1]
    best = places.argmax(axis=1)
    right = (best == truth)[known]
    confident = (places.max(axis=1) >= threshold)[~known]
    return {
        "recall": float(right.mean()) if len(right) else None,
        "confident_absent": float(confident.mean()) if len(confident) else None,
    }
