# wrong: divides by a norm of zero
# loses: refuses_a_vector_of_length_zero
def ablated_logits(model, tokens, vector):
    direction = vector / vector.norm()

    def ablate(activation, hook):
        return activation - (activation @ direction)[..., None] * direction

    places = ("hook_in", "attn.hook_out", "mlp.hook_out")
    hooks = [(f"blocks.{layer}.{place}", ablate) for layer in range(model.cfg.n_layers) for place in places]
    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=hooks)
