# right: unit vectors and a stable sort in torch, rates from sums
# loses: none
def top_k(query, keys, k):
    query, keys = torch.as_tensor(query).double(), torch.as_tensor(keys).double()
    similarity = torch.nn.functional.normalize(keys, dim=-1) @ torch.nn.functional.normalize(query, dim=0)
    return torch.sort(similarity, descending=True, stable=True).indices[: min(k, len(keys))]


def attack_rates(retrieved, acted, harmful):
    steps = torch.tensor([[bool(x) for x in flags] for flags in (retrieved, acted, harmful)])
    if steps.numel() == 0 or (steps[1:] & ~steps[:-1]).any():
        raise ValueError("no requests, or a step without the one before")
    r, a, h = (int(total) for total in steps.sum(dim=1))
    n = steps.shape[1]

    def share(part, whole):
        return part / whole if whole else None

    return {"retrieved": share(r, n), "acted": share(a, r), "harmful": share(h, a), "end_to_end": share(h, n)}
