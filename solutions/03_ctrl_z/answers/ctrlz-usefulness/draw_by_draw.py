# right: a loop over draws, with plain sums
# loses: none
def usefulness_interval(protocol, untrusted, trusted, draws):
    rates = [[sum(map(float, row)) / len(row) for row in solved] for solved in (protocol, untrusted, trusted)]

    def useful(tasks):
        p, u, t = (sum(rate[i] for i in tasks) for rate in rates)
        return (p - t) / (u - t) if u > t else None

    whole = useful(range(len(rates[0])))
    if whole is None:
        raise ValueError("no scale")
    values = [v for v in (useful(draw) for draw in draws) if v is not None]
    return whole, np.quantile(values, 0.025), np.quantile(values, 0.975)
