# wrong: gives the number of hits as their effective number
# loses: four_rollouts_by_hand, fresh_rollouts, the_given_rollouts
def infer_rate(log_weights, hits, plain_rollouts, uses):
    if len(log_weights) != len(hits) or len(hits) == 0 or plain_rollouts < 1:
        raise ValueError("these do not belong together")
    x = np.exp(log_weights) * hits
    bound = 1 - 0.05 ** (1 / plain_rollouts)
    rate, low, high, ess = 0.0, 0.0, bound, 0.0
    if hits.sum() > 0:
        rate = x.mean()
        se = x.std(ddof=1) / math.sqrt(len(x))
        low, high = rate * np.exp(-1.96 * se / rate), rate * np.exp(1.96 * se / rate)
        ess = hits.sum()
    return {
        "rate": rate, "low": low, "high": high, "ess": ess, "plain_bound": bound,
        "expected": uses * rate, "p_none": (1 - rate) ** uses,
    }


million = infer_rate(zero_table["log_weight"], zero_table["hit"], 3000, 1_000_000)
