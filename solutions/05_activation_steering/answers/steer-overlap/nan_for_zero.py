# wrong: divides by zero and gives NaN
# loses: refuses_vectors_of_length_zero
def cosines(vectors):
    units = vectors / vectors.norm(dim=1, keepdim=True)
    return units @ units.T


def without(vector, other):
    return vector - (vector @ other) / (other @ other) * other
