# wrong: opens one gate for all as soon as one position is far
# loses: opens_the_gate_position_by_position, amplifies_where_it_is_large
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (log_after - log_before)).sum(-1)


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    open_ = (token_kl(before, after) >= threshold).any().expand(before.shape[:-1])
    return torch.where(open_[..., None], amplify_logits(before, after, alpha), after)
