# wrong: takes an angle for something without a sign
# loses: three_angles_by_hand, fresh_cosines, length_is_no_matter_and_the_zero_is
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return ((vectors / norms) @ (vectors / norms).T).abs()


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / (other @ other) * other
