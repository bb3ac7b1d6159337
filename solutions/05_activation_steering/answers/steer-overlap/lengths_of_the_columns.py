# wrong: normalises the columns instead of the vectors
# loses: three_angles_by_hand, fresh_cosines, length_is_no_matter_and_the_zero_is, refuses_vectors_of_length_zero
def cosines(vectors):
    norms = vectors.norm(dim=0, keepdim=True).clamp(min=1e-12)
    if not vectors.any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / (other @ other) * other
