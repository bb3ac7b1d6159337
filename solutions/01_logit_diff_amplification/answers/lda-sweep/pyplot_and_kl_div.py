# right: F.kl_div by hand, the pyplot interface, a symlog axis
# loses: none
def coherence(before, after, alpha):
    vocab = before.shape[-1]
    log_q = torch.log_softmax(after, -1).reshape(-1, vocab)
    log_p = torch.log_softmax(amplify_logits(before, after, alpha), -1).reshape(-1, vocab)
    kl = torch.nn.functional.kl_div(log_q, log_p, reduction="batchmean", log_target=True)
    return kl.item(), -(log_p.exp() * log_p).sum(1).mean().item()


def draw_sweep(table, finding, ax=None):
    ax = ax or plt.subplots(figsize=(5, 3))[1]
    plt.sca(ax)
    for name, rows in table.items():
        xs, ys, downs, ups = [], [], [], []
        for alpha, events, rollouts in sorted(rows):
            low, high = wilson_interval(events, rollouts)
            xs.append(alpha)
            ys.append(events / rollouts)
            downs.append(max(ys[-1] - low, 0.0))
            ups.append(max(high - ys[-1], 0.0))
        plt.errorbar(xs, ys, yerr=(downs, ups), label=name, color="0.3")
    plt.yscale("symlog", linthresh=0.01)
    plt.xlabel("amplification alpha")
    plt.ylabel("fraction of sampled answers")
    plt.title(finding)
    plt.legend()
    return plt.gca()
