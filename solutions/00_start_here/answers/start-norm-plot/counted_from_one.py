# wrong: counts the blocks from 1
# loses: one_line_with_the_data, draws_what_it_is_given
def plot_norms(norms):
    _, ax = plt.subplots()
    ax.plot(range(1, len(norms) + 1), norms)
    ax.set(title="The norm grows", xlabel="block", ylabel="mean norm")
    return ax
