# wrong: adds each hook and never takes it away: later layers are steered by all vectors before them
# loses: one_layer_at_a_time, fresh_models_and_requests, empty_blocks_are_all_alike
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    names = [f"blocks.{layer}.hook_in" for layer in range(model.cfg.n_layers)]
    means = {name: [] for name in names}

    def keep(activation, hook):
        means[hook.name].append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for batch in (positive, negative):
            model.run_with_hooks(batch, fwd_hooks=[(name, keep) for name in names])
        plain = log_odds(model(tokens)[:, -1], *sides)
        shifts = []
        for name in names:
            vector = means[name][0] - means[name][1]

            def add(activation, hook, vector=vector):
                steered = activation.clone()
                steered[:, position:] += dose * vector
                return steered

            model.add_hook(name, add)
            logits = model(tokens)
            shifts.append((log_odds(logits[:, -1], *sides) - plain).mean())
    return torch.stack(shifts)
