# wrong: sums over everything and gives one number
# loses: measures_a_divergence_by_hand, measures_fresh_divergences, amplifies_where_it_is_large, opens_the_gate_position_by_position
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (log_after - log_before)).sum()


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    open_ = token_kl(before, after) >= threshold
    return torch.where(open_, amplify_logits(before, after, alpha), after)
