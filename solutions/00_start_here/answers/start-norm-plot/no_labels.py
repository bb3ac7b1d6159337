# wrong: draws the line and leaves the axes without names
# loses: both_axes_are_named, labels_stay_on_a_fresh_figure
def plot_norms(norms):
    _, ax = plt.subplots()
    ax.plot(range(len(norms)), norms)
    return ax
