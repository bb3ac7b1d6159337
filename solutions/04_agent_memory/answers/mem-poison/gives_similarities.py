# wrong: gives the similarities in place of the indices
# loses: the_angle_not_the_length, all_of_a_small_store, nearest_by_angle, length_changes_nothing, equal_ones_in_their_order, no_more_than_there_are
def top_k(query, keys, k):
    query, keys = np.asarray(query, dtype=float), np.asarray(keys, dtype=float)
    similarity = keys @ query / np.linalg.norm(keys, axis=1)
    return (-np.sort(-similarity)[:k]).tolist()


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
