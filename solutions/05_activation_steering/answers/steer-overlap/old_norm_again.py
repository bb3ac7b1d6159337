# wrong: stretches the rest to the old norm, to keep doses comparable
# loses: a_component_by_hand, fresh_rests, the_rest_keeps_its_length, orthogonal_is_left_alone
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    rest = vector - (vector @ other) / (other @ other) * other
    return rest / rest.norm() * vector.norm()
