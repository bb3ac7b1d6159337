# wrong: divides by the length of `other` instead of its square: right for a unit vector only
# loses: a_component_by_hand, fresh_rests, orthogonal_is_left_alone
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / other.norm() * other
