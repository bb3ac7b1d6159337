# right: makes unit vectors first, with einsum
# loses: none
def cosines(vectors):
    lengths = torch.sqrt((vectors**2).sum(-1))
    if bool((lengths == 0).any()):
        raise ValueError("no direction")
    return torch.einsum("id,jd->ij", vectors, vectors) / torch.outer(lengths, lengths)


def without(vector, other):
    length = torch.linalg.norm(other)
    if length == 0:
        raise ValueError("no direction")
    unit = other / length
    return vector - torch.dot(vector, unit) * unit
