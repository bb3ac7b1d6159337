# wrong: adds hooks and never takes them away
# loses: nothing_stays_behind
def ablated_logits(model, tokens, vector):
    if not vector.norm() > 0:
        raise ValueError("a vector of length zero has no direction to ablate")
    direction = vector / vector.norm()

    def ablate(activation, hook):
        return activation - (activation @ direction)[..., None] * direction

    places = ("hook_in", "attn.hook_out", "mlp.hook_out")
    hooks = [(f"blocks.{layer}.{place}", ablate) for layer in range(model.cfg.n_layers) for place in places]
    with torch.no_grad():
        for name, function in hooks:
            model.add_hook(name, function)
        return model(tokens)
