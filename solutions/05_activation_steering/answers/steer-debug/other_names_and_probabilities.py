# right: hook_resid_pre, hooks added and reset, the log of a ratio of probabilities, a list in the end
# loses: none
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    names = [f"blocks.{i}.hook_resid_pre" for i in range(model.cfg.n_layers)]

    def odds():
        p = model(tokens)[:, -1].softmax(-1)
        return torch.log(p[:, sides[0]].sum(-1) / p[:, sides[1]].sum(-1))

    sums = {}
    with torch.no_grad():
        for sign, batch in ((1, positive), (-1, negative)):
            for name in names:
                def read(x, hook, name=name):
                    sums[name] = sums.get(name, 0) + sign * x[:, position].sum(0) / len(batch)

                model.add_hook(name, read)
            model(batch)
            model.reset_hooks()
        before, effects = odds(), []
        for name in names:
            def add(x, hook, name=name):
                return torch.cat([x[:, :position], x[:, position:] + dose * sums[name]], dim=1)

            model.add_hook(name, add)
            effects.append(float((odds() - before).mean()))
            model.reset_hooks()
    return torch.tensor(effects)
