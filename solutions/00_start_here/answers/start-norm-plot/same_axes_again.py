# wrong: keeps one figure and draws a further line into it at each call
# loses: labels_stay_on_a_fresh_figure
_ax = []


def plot_norms(norms):
    if not _ax:
        _ax.append(plt.figure().add_subplot())
    _ax[0].plot(range(len(norms)), norms)
    _ax[0].set(title="The norm grows", xlabel="block", ylabel="mean norm")
    return _ax[0]
