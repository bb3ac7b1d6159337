# wrong: takes logits for log-probabilities in the difference
# loses: does_not_see_a_constant, measures_fresh_divergences
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (after - before)).sum(-1)


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    open_ = token_kl(before, after) >= threshold
    return torch.where(open_[..., None], amplify_logits(before, after, alpha), after)
