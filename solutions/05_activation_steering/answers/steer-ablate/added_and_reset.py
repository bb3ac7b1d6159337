# right: adds hooks one by one and takes them all away in the end
# loses: none
def ablated_logits(model, tokens, vector):
    if torch.linalg.norm(vector) == 0:
        raise ValueError("no direction")
    unit = torch.nn.functional.normalize(vector, dim=0)

    def project(x, hook):
        along = (x * unit).sum(dim=-1, keepdim=True)
        return x - along * unit

    try:
        for layer in range(model.cfg.n_layers):
            for place in ("hook_in", "attn.hook_out", "mlp.hook_out"):
                model.add_hook(f"blocks.{layer}.{place}", project)
        with torch.no_grad():
            return model(tokens)
    finally:
        model.reset_hooks()
