# right: the literature's name of the stream, in a context that takes the hook away
# loses: none
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if layer < 0 or layer >= model.cfg.n_layers:
        raise ValueError("layers go from 0 to n_layers - 1")
    end = tokens.shape[1] if stop is None else stop

    def add(activation, hook):
        return torch.cat([activation[:, :start], activation[:, start:end] + vector * coefficient, activation[:, max(start, end) :]], dim=1)

    with model.hooks(fwd_hooks=[(f"blocks.{layer}.hook_resid_pre", add)]):
        return model(tokens).detach()
