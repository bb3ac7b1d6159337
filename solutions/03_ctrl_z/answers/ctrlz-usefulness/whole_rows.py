# right: draws whole rows of the tables, with all their runs
# loses: none
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = protocol, untrusted, trusted
    if not u.mean() - t.mean() > 0:
        raise ValueError("no scale")
    values = []
    for draw in draws:
        a, b, c = p[draw].mean(), u[draw].mean(), t[draw].mean()
        if b - c > 0:
            values.append((a - c) / (b - c))
    values = np.array(values)
    return (p.mean() - t.mean()) / (u.mean() - t.mean()), *np.quantile(values, [0.025, 0.975])
