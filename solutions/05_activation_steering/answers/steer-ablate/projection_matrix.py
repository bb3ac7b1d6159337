# right: a projection matrix, and hooks of the context manager
# loses: none
def ablated_logits(model, tokens, vector):
    if not vector.any():
        raise ValueError("no direction")
    keep = torch.eye(len(vector)) - torch.outer(vector, vector) / (vector @ vector)
    names = [f"blocks.{i}.{end}" for i in range(model.cfg.n_layers) for end in ("hook_in", "attn.hook_out", "mlp.hook_out")]
    with torch.no_grad(), model.hooks(fwd_hooks=[(name, lambda x, hook: x @ keep) for name in names]):
        return model(tokens)
