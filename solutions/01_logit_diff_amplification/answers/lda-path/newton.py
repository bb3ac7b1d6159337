# right: Newton's method on the likelihood, and the path as amplification by a - 1
# loses: none
def interpolate_logits(unsafe, target, a):
    return amplify_logits(unsafe, target, a - 1)


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (torch.tensor(x, dtype=torch.float64) for x in (alphas, events, rollouts))
    if len({float(x) for x, e, r in zip(a, k, n) if 0 < e < r}) < 2:
        raise ValueError("events, and answers without one, are needed at two different places")
    x = torch.stack([torch.ones_like(a), a - 1])
    line = torch.zeros(2, dtype=torch.float64)
    loss = lambda b: float((k * torch.nn.functional.softplus(-b @ x) + (n - k) * torch.nn.functional.softplus(b @ x)).sum())
    for _ in range(100):
        p = torch.sigmoid(line @ x)
        step = torch.linalg.solve((x * n * p * (1 - p)) @ x.T + 1e-12 * torch.eye(2), x @ (k - n * p))
        while loss(line + step) > loss(line) + 1e-9 and float(step.abs().max()) > 1e-9:
            step = step / 2
        line = line + step
    return float(torch.sigmoid(line[0]))
