# wrong: runs both piles as one batch and halves it in the middle
# loses: piles_of_any_size
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    names = [f"blocks.{layer}.hook_in" for layer in range(model.cfg.n_layers)]
    means = {name: [] for name in names}

    def keep(activation, hook):
        half = len(activation) // 2
        means[hook.name] = [part[:, position].mean(dim=0) for part in (activation[:half], activation[half:])]

    with torch.no_grad():
        model.run_with_hooks(torch.cat([positive, negative]), fwd_hooks=[(name, keep) for name in names])
        plain = log_odds(model(tokens)[:, -1], *sides)
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
