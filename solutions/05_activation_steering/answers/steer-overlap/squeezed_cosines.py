# wrong: squeezes the table, so a single vector gives a bare number
# loses: fresh_cosines, refuses_vectors_of_length_zero
def cosines(vectors):
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return ((vectors / norms) @ (vectors / norms).T).squeeze()


def without(vector, other):
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / (other @ other) * other
