# right: logarithms throughout, and the error from the effective number of hits
# loses: none
def infer_rate(log_weights, hits, plain_rollouts, uses):
    n = len(hits)
    if n != len(log_weights) or n < 1 or plain_rollouts < 1:
        raise ValueError(f"{len(log_weights)} weights, {n} hits, {plain_rollouts} plain rollouts")
    bound = 1 - math.exp(math.log(0.05) / plain_rollouts)
    chosen = [float(v) for v, hit in zip(log_weights, hits) if hit]
    if not chosen:
        return dict(rate=0, low=0, high=bound, ess=0, plain_bound=bound, expected=0, p_none=1)
    top = max(chosen)
    one, two = sum(math.exp(v - top) for v in chosen), sum(math.exp(2 * (v - top)) for v in chosen)
    ess = one**2 / two
    log_rate = top + math.log(one / n)
    half = stats.norm.ppf(0.975) * math.sqrt(max(1 / ess - 1 / n, 0))
    rate = math.exp(log_rate)
    return dict(
        rate=rate, low=math.exp(log_rate - half), high=math.exp(log_rate + half), ess=ess, plain_bound=bound,
        expected=uses * rate, p_none=math.exp(uses * math.log1p(-rate)),
    )


million = infer_rate(zero_table["log_weight"], zero_table["hit"], 3_000, 1_000_000)
