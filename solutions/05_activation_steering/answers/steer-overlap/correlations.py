# wrong: subtracts each vector's mean first: np.corrcoef gives a table of the right form
# loses: three_angles_by_hand, fresh_cosines, length_is_no_matter_and_the_zero_is
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return torch.corrcoef(vectors)


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / (other @ other) * other
