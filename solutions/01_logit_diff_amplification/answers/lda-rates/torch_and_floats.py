# right: torch for the normal quantile, numpy arrays and whole floats for results
# loses: none
def wilson_interval(events, rollouts, confidence=0.95):
    if not (rollouts >= 1 and 0 <= events <= rollouts):
        raise ValueError
    alpha = torch.tensor(1 - confidence, dtype=torch.float64)
    z = float(torch.special.ndtri(1 - alpha / 2))
    failures = rollouts - events
    centre = (events + z**2 / 2) / (rollouts + z**2)
    half = z / (rollouts + z**2) * (events * failures / rollouts + z**2 / 4) ** 0.5
    return torch.tensor([centre - half, centre + half], dtype=torch.float64).clamp(0, 1)


def zero_events_bound(rollouts, confidence=0.95):
    return torch.tensor(1 - math.exp(math.log(1 - confidence) / rollouts))


def rollouts_needed(rate, probability=0.95):
    if rate <= 0 or rate >= 1:
        raise ValueError
    n = math.floor(math.log2(1 - probability) / math.log2(1 - rate))
    while 1 - (1 - rate) ** n < probability:
        n += 1
    return float(n)
