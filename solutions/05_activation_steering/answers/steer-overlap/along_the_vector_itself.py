# wrong: projects on `vector`: what is left is a shorter copy of it
# loses: a_component_by_hand, fresh_rests, the_rest_keeps_its_length
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / (vector @ vector).clamp(min=1e-9) * vector
