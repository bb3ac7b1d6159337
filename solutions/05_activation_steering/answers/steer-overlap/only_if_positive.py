# wrong: takes a component away only if it points along `other`
# loses: fresh_rests
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other).clamp(min=0) / (other @ other) * other
