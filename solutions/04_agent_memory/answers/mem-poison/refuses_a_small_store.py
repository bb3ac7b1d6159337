# wrong: wants at least k memories
# loses: all_of_a_small_store, no_more_than_there_are
def top_k(query, keys, k):
    return torch.nn.functional.cosine_similarity(keys, query[None], dim=1).topk(k).indices.tolist()


def attack_rates(retrieved, acted, harmful):
    r, a, h = (np.asarray(flags, dtype=bool) for flags in (retrieved, acted, harmful))
    if len(r) == 0:
        raise ValueError("no requests")
    if (a & ~r).any() or (h & ~a).any():
        raise ValueError("a step is missing")
    return {
        "retrieved": float(r.mean()),
        "acted": float(a.sum() / r.sum()) if r.any() else None,
        "harmful": float(h.sum() / a.sum()) if a.any() else None,
        "end_to_end": float(h.mean()),
    }
