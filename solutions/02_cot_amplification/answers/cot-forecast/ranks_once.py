# right: ranks once, and correlates all orders with one product
# loses: none
def infer_forecast(early, end, orders):
    early, end, orders = np.asarray(early, float), np.asarray(end, float), np.asarray(orders)
    if early.shape != end.shape or len(orders) < 1 or orders.shape[-1] != len(end):
        raise ValueError("runs differ in number, or there is no order")
    one, two = stats.rankdata(early), stats.rankdata(end)
    one, two = one - one.mean(), two - two.mean()
    size = np.sqrt((one @ one) * (two @ two))
    if size == 0:
        raise ValueError("no differences")
    rho = one @ two / size
    null = one[orders] @ two / size
    above = end > 0
    factor = float(np.median(early[above] / end[above])) if above.any() else None
    p = (1 + int(np.sum(null > rho - 1e-9))) / (len(orders) + 1)
    return {"runs": len(early), "rho": float(rho), "p": p, "factor": factor}


found_forecast = {
    fault: {way: infer_forecast(own[way], own["end"], run_orders) for way in ("amplified", "early")}
    for fault, own in forecast_rates.items()
}
eight = {name: values[tuned_as == "steps"] for name, values in forecast_rates["padded step"].items()}
found_within = {way: infer_forecast(eight[way], eight["end"], inner_orders) for way in ("amplified", "early")}
