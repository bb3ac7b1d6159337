# wrong: normalize and cosine_similarity give 0 for a vector of length zero, without a word
# loses: refuses_vectors_of_length_zero
def cosines(vectors):
    return torch.nn.functional.cosine_similarity(vectors[:, None], vectors[None], dim=-1)


def without(vector, other):
    unit = torch.nn.functional.normalize(other, dim=0)
    return vector - (vector @ unit) * unit
