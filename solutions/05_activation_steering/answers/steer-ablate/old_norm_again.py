# wrong: stretches each activation to its old norm, to keep it in distribution
# loses: one_block_by_hand, fresh_models, what_attention_writes
def ablated_logits(model, tokens, vector):
    if not vector.norm() > 0:
        raise ValueError("a vector of length zero has no direction to ablate")
    direction = vector / vector.norm()

    def ablate(activation, hook):
        out = activation - (activation @ direction)[..., None] * direction
        return out * activation.norm(dim=-1, keepdim=True) / out.norm(dim=-1, keepdim=True).clamp(min=1e-9)

    places = ("hook_in", "attn.hook_out", "mlp.hook_out")
    hooks = [(f"blocks.{layer}.{place}", ablate) for layer in range(model.cfg.n_layers) for place in places]
    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=hooks)
