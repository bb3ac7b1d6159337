# wrong: takes the logarithm to base 2
# loses: measures_a_divergence_by_hand, measures_fresh_divergences, weighs_the_sum_with_after, stays_finite_for_impossible_tokens, opens_at_the_threshold_itself
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (log_after - log_before)).sum(-1) / math.log(2)


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    open_ = token_kl(before, after) >= threshold
    return torch.where(open_[..., None], amplify_logits(before, after, alpha), after)
