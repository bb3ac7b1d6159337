# wrong: amplifies in proportion to the divergence, without a threshold
# loses: amplifies_where_it_is_large, goes_on_with_after_where_it_is_closed, opens_the_gate_position_by_position, amplifies_with_any_alpha
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (log_after - log_before)).sum(-1)


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    weight = token_kl(before, after)[..., None]
    return amplify_logits(before, after, alpha * weight)
