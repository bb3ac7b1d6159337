# right: cosine_similarity and a projection matrix
# loses: none
def cosines(vectors):
    if not vectors.any(dim=1).all():
        raise ValueError("no direction")
    return torch.nn.functional.cosine_similarity(vectors[:, None], vectors[None], dim=-1)


def without(vector, other):
    if not other.any():
        raise ValueError("no direction")
    unit = torch.nn.functional.normalize(other, dim=0)
    return (torch.eye(len(unit)) - torch.outer(unit, unit)) @ vector
