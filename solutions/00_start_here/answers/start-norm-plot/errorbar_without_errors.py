# right: draws with errorbar and titles on the left
# loses: none
def plot_norms(norms):
    figure, ax = plt.subplots()
    ax.errorbar(torch.arange(len(norms)), norms, yerr=0.1 * norms, marker="o")
    ax.set_title("Longer after every block", loc="left")
    ax.set_xlabel("block")
    ax.set_ylabel("norm (no unit)")
    return ax
