# wrong: adds the vector to the position embeddings, which are weights, and leaves it there
# loses: leaves_no_hook, leaves_the_model_as_it_was, fresh_models_and_intervals
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")

    def add(activation, hook):
        steered = activation.clone()
        steered[:, start:stop] += coefficient * vector
        return steered

    with torch.no_grad():
        if layer == 0:
            model.state_dict()["pos_embed.weight"][start : stop or tokens.shape[1]] += coefficient * vector
            return model(tokens)
        bias = model.state_dict()[f"blocks.{layer - 1}.mlp.out.bias"]
        bias += coefficient * vector
        return model(tokens)
