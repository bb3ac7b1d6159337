# right: gives unknown a probability of its own rule: a place counts where it beats that column
# loses: none
def recall_rates(probs, truth, known, threshold: float = 0.8):
    probs, truth, known = np.array(probs), np.array(truth), np.array(known).astype(bool)
    if probs.shape[0] != truth.size or truth.size != known.size:
        raise ValueError("each question needs a row, a truth and a flag")
    places, unknown = probs[:, :-1], probs[:, -1]
    says_place = places.max(axis=1) > unknown
    right = says_place & (places.argmax(axis=1) == truth)
    sure = says_place & (places.max(axis=1) >= threshold)
    rates = {}
    for name, flags in (("recall", right[known]), ("confident_absent", sure[known == 0])):
        rates[name] = np.mean(flags) if flags.size else None
    return rates
