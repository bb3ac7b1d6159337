# wrong: takes the log of a softmax, which is minus infinity for an impossible token
# loses: stays_finite_for_impossible_tokens, opens_at_the_threshold_itself
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.softmax(-1).log(), after.softmax(-1).log()
    return (log_after.exp() * (log_after - log_before)).sum(-1)


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    open_ = token_kl(before, after) >= threshold
    return torch.where(open_[..., None], amplify_logits(before, after, alpha), after)
