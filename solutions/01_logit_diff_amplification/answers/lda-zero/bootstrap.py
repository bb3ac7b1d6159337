# right: percentiles of a bootstrap over rollouts, at most the plain 0
# loses: none
def infer_rate(log_weights, hits, plain_rollouts, uses):
    log_weights, hits = np.atleast_1d(log_weights), np.atleast_1d(hits)
    if log_weights.shape != hits.shape or not hits.size or plain_rollouts <= 0:
        raise ValueError("shapes")
    bound = -np.expm1(np.log(0.05) / plain_rollouts)
    found = {"rate": 0.0, "low": 0.0, "high": bound, "ess": 0.0, "plain_bound": bound, "expected": 0.0, "p_none": 1.0}
    w = np.exp(log_weights[hits == 1])
    if w.size:
        n = len(hits)
        rng = np.random.default_rng(3)
        x = np.zeros(n)
        x[: w.size] = w
        draws = [x[rng.integers(n, size=n)].mean() for _ in range(1500)]
        low, high = np.percentile(draws, [2.5, 97.5])
        rate = w.sum() / n
        found |= {"rate": rate, "low": low, "high": high, "ess": w.sum() ** 2 / (w @ w)}
        found |= {"expected": rate * uses, "p_none": np.exp(-rate * uses)}
    return found


million = infer_rate(zero_table["log_weight"], zero_table["hit"], 3000, 10**6)
