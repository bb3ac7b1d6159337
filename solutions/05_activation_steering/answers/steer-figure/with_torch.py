# right: means and quantiles by torch, single precision
# loses: none
def draw_sweep(across, effects, off_target, null_means, what, finding, ax=None):
    if ax is None:
        ax = plt.subplots()[1]
    for data, label in zip((effects, off_target), ("steered concept", "other concept")):
        values = torch.tensor(np.asarray(data), dtype=torch.float32)
        error = values.std(dim=1) / values.shape[1] ** 0.5
        ax.errorbar(list(across), values.mean(dim=1).numpy(), yerr=(1.96 * error).numpy(), label=label)
    null = torch.tensor(np.asarray(null_means), dtype=torch.float32)
    low, middle, high = torch.quantile(null, torch.tensor([0.025, 0.5, 0.975]), dim=1).numpy()
    ax.errorbar(list(across), middle, yerr=np.stack([middle - low, high - middle]), label="random directions")
    ax.set_title(finding)
    ax.set_xlabel(f"{what} (of the vector)")
    ax.set_ylabel("effect, log odds")
    ax.legend()
    return ax
