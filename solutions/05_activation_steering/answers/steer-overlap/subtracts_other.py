# wrong: subtracts the other vector as a whole
# loses: a_component_by_hand, fresh_rests, orthogonal_is_left_alone, the_rest_keeps_its_length
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - other
