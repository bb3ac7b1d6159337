# right: one pass over both piles together, split where the first one ends
# loses: none
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    n = len(positive)
    names = [f"blocks.{i}.hook_in" for i in range(model.cfg.n_layers)]
    _, cache = model.run_with_cache(torch.cat([positive, negative]), names_filter=lambda name: name in names)
    plain = log_odds(model(tokens)[:, -1], *sides)
    result = []
    for i, name in enumerate(names):
        held = cache[name][:, position]
        steered = steered_logits(model, tokens, held[:n].mean(dim=0) - held[n:].mean(dim=0), i, dose, position, None)
        result.append((log_odds(steered[:, -1], *sides) - plain).mean())
    return torch.stack(result)
