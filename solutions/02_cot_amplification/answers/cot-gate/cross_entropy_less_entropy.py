# right: cross-entropy less entropy, in double precision, and a copy of `after`
# loses: none
def token_kl(before, after) -> torch.Tensor:
    p, q = after.double(), before.double()
    p, q = p - p.logsumexp(-1, keepdim=True), q - q.logsumexp(-1, keepdim=True)
    entropy = -(p.exp() * p).sum(-1)
    return -(p.exp() * q).sum(-1) - entropy


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    logits, far = after.clone(), token_kl(before, after) >= threshold
    logits[far] = amplify_logits(before[far], after[far], alpha)
    return logits
