# right: ranks by hand, sorted ratios
# loses: none
def infer_forecast(early, end, orders):
    early, end = [float(x) for x in early], [float(x) for x in end]
    if len(early) != len(end) or len(orders) == 0 or any(len(order) != len(end) for order in orders):
        raise ValueError("not the same runs")
    if len(set(early)) == 1 or len(set(end)) == 1:
        raise ValueError("all equal")

    def ranks(values):
        return [sum(y < x for y in values) + (sum(y == x for y in values) + 1) / 2 for x in values]

    mine, last = ranks(early), ranks(end)

    def rho(one):
        return round(float(np.corrcoef(one, last)[0, 1]), 10)

    seen = rho(mine)
    k = sum(rho([mine[int(i)] for i in order]) >= seen for order in orders)
    ratios = sorted(a / b for a, b in zip(early, end) if b > 0)
    middle = len(ratios) // 2
    factor = None if not ratios else (ratios[middle] + ratios[-1 - middle]) / 2
    return {"runs": len(end), "rho": seen, "p": (1 + k) / (1 + len(orders)), "factor": factor}


found_forecast = {fault: {} for fault in FAULTS}
for fault in FAULTS:
    for column in ("amplified", "early"):
        found_forecast[fault][column] = infer_forecast(
            forecast_rates[fault][column], forecast_rates[fault]["end"], run_orders
        )

own = forecast_rates["padded step"]
of_steps = [i for i in range(20) if tuned_as[i] == "steps"]
found_within = {}
for column in ("amplified", "early"):
    found_within[column] = infer_forecast(own[column][of_steps], own["end"][of_steps], inner_orders)
