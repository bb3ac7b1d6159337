# wrong: projects the direction out of the weights themselves and leaves them so
# loses: nothing_stays_behind
def ablated_logits(model, tokens, vector):
    if not vector.norm() > 0:
        raise ValueError("a vector of length zero has no direction to ablate")
    direction = vector / vector.norm()
    state = model.state_dict()
    with torch.no_grad():
        for name, value in state.items():
            if name in ("embed.weight", "pos_embed.weight"):
                value -= (value @ direction)[:, None] * direction
            elif name.endswith(("attn.o.weight", "mlp.out.weight")):
                value -= torch.outer(direction, direction @ value)
            elif name.endswith(("attn.o.bias", "mlp.out.bias")):
                value -= (value @ direction) * direction
        model.load_state_dict(state)
        return model(tokens)
