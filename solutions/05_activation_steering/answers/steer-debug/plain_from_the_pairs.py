# wrong: compares with the unsteered requests of the negative pile
# loses: dose_zero_is_no_effect, fresh_models_and_requests, any_dose, empty_blocks_are_all_alike
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    names = [f"blocks.{layer}.hook_in" for layer in range(model.cfg.n_layers)]
    means = {name: [] for name in names}

    def keep(activation, hook):
        means[hook.name].append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for batch in (positive, negative):
            model.run_with_hooks(batch, fwd_hooks=[(name, keep) for name in names])
        plain = log_odds(model(negative)[:, -1], *sides).mean()
        shifts = []
        for name in names:
            vector = means[name][0] - means[name][1]

            def add(activation, hook, vector=vector):
                steered = activation.clone()
                steered[:, position:] += dose * vector
                return steered

            logits = model.run_with_hooks(tokens, fwd_hooks=[(name, add)])
            shifts.append((log_odds(logits[:, -1], *sides) - plain).mean())
    return torch.stack(shifts)
