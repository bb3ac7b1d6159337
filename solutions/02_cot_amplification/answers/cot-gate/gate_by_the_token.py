# wrong: opens the gate for each token of the vocabulary, by its own term
# loses: opens_the_gate_position_by_position, goes_on_with_after_where_it_is_closed
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (log_after - log_before)).sum(-1)


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    open_ = log_after.exp() * (log_after - log_before) >= threshold
    return torch.where(open_, amplify_logits(before, after, alpha), after)
