# right: the rest of a regression on `other`, in double precision
# loses: none
def cosines(vectors):
    rows = vectors.double().tolist()
    lengths = [math.sqrt(sum(x * x for x in row)) for row in rows]
    if min(lengths) == 0:
        raise ValueError("no direction")
    return torch.tensor([[sum(x * y for x, y in zip(a, b)) / (m * n) for b, n in zip(rows, lengths)] for a, m in zip(rows, lengths)])


def without(vector, other):
    if float(other.abs().max()) == 0.0:
        raise ValueError("no direction")
    a, b = other.double()[:, None], vector.double()
    return (b - a[:, 0] * torch.linalg.lstsq(a, b[:, None]).solution[0, 0]).float()
