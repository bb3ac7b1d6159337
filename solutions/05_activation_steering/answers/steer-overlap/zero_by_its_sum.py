# wrong: takes a vector whose entries sum to zero for one of length zero
# loses: refuses_vectors_of_length_zero
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T


def without(vector, other):
    if other.sum() == 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / (other @ other) * other
