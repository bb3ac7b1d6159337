# wrong: amplifies where the models agree
# loses: amplifies_where_it_is_large, opens_the_gate_position_by_position, goes_on_with_after_where_it_is_closed, amplifies_with_any_alpha, measures_by_the_divergence
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (log_after - log_before)).sum(-1)


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    open_ = token_kl(before, after) < threshold
    return torch.where(open_[..., None], amplify_logits(before, after, alpha), after)
