# right: one hook a block appends to a list, double precision, gives a numpy array
# loses: none
def residual_norms(model, tokens):
    found = []
    hooks = [
        (f"blocks.{l}.hook_out", lambda value, hook: found.append(value.double().norm(dim=2).flatten().mean().item()))
        for l in range(model.cfg.n_layers)
    ]
    model.run_with_hooks(tokens, fwd_hooks=hooks)
    return torch.tensor(found).numpy()
