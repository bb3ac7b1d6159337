# wrong: refuses a vector with any entry of zero
# loses: three_angles_by_hand, refuses_vectors_of_length_zero, orthogonal_is_left_alone
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (vectors == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T


def without(vector, other):
    if (other == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / (other @ other) * other
