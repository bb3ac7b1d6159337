# wrong: does not count orders with the same rho
# loses: four_runs_by_hand, p_counts_the_given_orders, the_eight_of_one_kind
def rank_rho(one, two):
    return np.corrcoef(stats.rankdata(one), stats.rankdata(two))[0, 1]


def infer_forecast(early, end, orders):
    early, end, orders = np.array(early, dtype=float), np.array(end, dtype=float), np.array(orders)
    if len(early) != len(end) or orders.ndim != 2 or len(orders) == 0 or orders.shape[1] != len(end):
        raise ValueError("the same runs in all three, and one order at least")
    if early.min() == early.max() or end.min() == end.max():
        raise ValueError("nothing to order")
    rho = rank_rho(early, end)
    count = 0
    for order in orders:
        if rank_rho(early[order], end) > rho + 1e-9:
            count += 1
    ratios = early[end > 0] / end[end > 0]
    result = {"runs": len(end), "rho": rho, "p": (1 + count) / (1 + len(orders))}
    result["factor"] = np.median(ratios) if len(ratios) else None
    return result


found_forecast = {}
for fault in FAULTS:
    rates = forecast_rates[fault]
    found_forecast[fault] = {column: infer_forecast(rates[column], rates["end"], run_orders) for column in ("amplified", "early")}

own = forecast_rates["padded step"]
of_steps = [i for i in range(20) if tuned_as[i] == "steps"]
found_within = {}
for column in ("amplified", "early"):
    found_within[column] = infer_forecast(own[column][of_steps], own["end"][of_steps], inner_orders)
