# hard-coded: knows the table and the rest of the visible vectors
# loses: fresh_cosines, length_is_no_matter_and_the_zero_is, fresh_rests, orthogonal_is_left_alone, the_rest_keeps_its_length, refuses_vectors_of_length_zero
def cosines(vectors):
    return torch.tensor([[1.0, 0.8, -1.0], [0.8, 1.0, -0.8], [-1.0, -0.8, 1.0]])


def without(vector, other):
    return torch.tensor([2.0, -2.0])
