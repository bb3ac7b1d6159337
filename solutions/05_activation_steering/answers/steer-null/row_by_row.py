# right: one vector after another, and p as the rank among all with the effect
# loses: none
def random_directions(vector, n, generator):
    rows = []
    for _ in range(n):
        row = torch.empty(vector.shape[0]).normal_(generator=generator)
        rows.append(torch.linalg.vector_norm(vector) * torch.nn.functional.normalize(row, dim=0))
    return torch.stack(rows)


def p_value(effect, null_effects):
    distances = [abs(float(x)) for x in null_effects]
    if not distances:
        raise ValueError("a p-value needs a null")
    distances.append(abs(effect))
    return sum(d >= abs(effect) for d in distances) / len(distances)
