# right: the stream's other names, changed in place
# loses: none
def ablated_logits(model, tokens, vector):
    length = float(vector.norm())
    if length == 0.0:
        raise ValueError("no direction")
    unit = vector / length

    def project(x, hook):
        x = x.clone()
        x -= torch.einsum("bsd,d,e->bse", x, unit, unit)
        return x

    hooks = []
    for i in range(model.cfg.n_layers):
        for name in ("hook_resid_pre", "hook_attn_out", "hook_mlp_out"):
            hooks.append((f"blocks.{i}.{name}", project))
    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=hooks)
