# right: arrays of both models, arms as differences of vectors
# loses: none
def rate_difference(events, rollouts, control_events, control_rollouts, confidence=0.95):
    pairs = [(events, rollouts), (control_events, control_rollouts)]
    ends = torch.tensor([wilson_interval(k, n, confidence) for k, n in pairs], dtype=torch.float64)
    rates = torch.tensor([k / n for k, n in pairs], dtype=torch.float64)
    arms = (ends - rates[:, None]).abs()  # rows: model, control; columns: down, up
    low = rates[0] - rates[1] - torch.hypot(arms[0, 0], arms[1, 1])
    high = rates[0] - rates[1] + torch.hypot(arms[0, 1], arms[1, 0])
    return torch.stack([rates[0] - rates[1], low, high])
