# wrong: divides by the length of the query and forgets the keys
# loses: the_angle_not_the_length, all_of_a_small_store, length_changes_nothing, equal_ones_in_their_order
def top_k(query, keys, k):
    query, keys = np.asarray(query, dtype=float), np.asarray(keys, dtype=float)
    similarity = keys @ query / np.linalg.norm(query)
    return np.argsort(-similarity, kind="stable")[:k].tolist()


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
