# right: once at the first input, then all that is written: later inputs have nothing left
# loses: none
def ablated_logits(model, tokens, vector):
    if not vector.norm() > 0:
        raise ValueError("no direction")
    unit = vector / vector.norm()

    def project(x, hook):
        return x - torch.outer((x @ unit).flatten(), unit).view_as(x)

    names = ["blocks.0.hook_in"]
    names += [f"blocks.{layer}.{part}.hook_out" for layer in range(model.cfg.n_layers) for part in ("attn", "mlp")]
    with torch.inference_mode():
        return model.run_with_hooks(tokens, fwd_hooks=[(name, project) for name in names]).clone()
