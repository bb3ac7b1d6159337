# wrong: opens where some logit differs by the threshold
# loses: measures_by_the_divergence, opens_the_gate_position_by_position
def token_kl(before, after) -> torch.Tensor:
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (log_after - log_before)).sum(-1)


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    open_ = (after - before).abs().amax(-1) >= threshold
    return torch.where(open_[..., None], amplify_logits(before, after, alpha), after)
