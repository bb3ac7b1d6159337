# right: torch.distributions, and an own alpha for each position
# loses: none
def token_kl(before, after) -> torch.Tensor:
    categorical = torch.distributions.Categorical
    return torch.distributions.kl_divergence(categorical(logits=after), categorical(logits=before))


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    divergence = token_kl(before, after)
    alphas = torch.zeros_like(divergence)
    alphas[divergence >= threshold] = alpha
    return amplify_logits(before, after, alphas.unsqueeze(-1))
