# wrong: removes the concept only where it is present: components below zero stay
# loses: one_block_by_hand, fresh_models, any_length_and_sign
def ablated_logits(model, tokens, vector):
    if not vector.norm() > 0:
        raise ValueError("a vector of length zero has no direction to ablate")
    direction = vector / vector.norm()

    def ablate(activation, hook):
        return activation - (activation @ direction).clamp(min=0)[..., None] * direction

    places = ("hook_in", "attn.hook_out", "mlp.hook_out")
    hooks = [(f"blocks.{layer}.{place}", ablate) for layer in range(model.cfg.n_layers) for place in places]
    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=hooks)
