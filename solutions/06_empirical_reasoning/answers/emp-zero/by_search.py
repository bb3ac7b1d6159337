# right: doubles until it is enough, then halves the gap
# loses: none
def chance_hidden(rate, n):
    return (1 - rate) ** n


def upper_bound(n, confidence=0.95):
    if n < 1:
        raise ValueError("no rollouts")
    return stats.beta.ppf(confidence, 1, n)


def rollouts_needed(rate, confidence=0.95):
    if not (rate > 0 and rate < 1):
        raise ValueError("not a rate that can be ruled out")
    enough = 1
    while chance_hidden(rate, enough) > 1 - confidence:
        enough *= 2
    short = enough // 2
    while enough - short > 1:
        middle = (short + enough) // 2
        if chance_hidden(rate, middle) > 1 - confidence:
            short = middle
        else:
            enough = middle
    return enough
