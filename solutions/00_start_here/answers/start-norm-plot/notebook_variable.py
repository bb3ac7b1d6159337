# wrong: draws fixed numbers instead of its argument
# loses: one_line_with_the_data, draws_what_it_is_given
def plot_norms(norms):
    _, ax = plt.subplots()
    ax.plot(range(4), [1.8, 2.3, 2.5, 2.8])
    ax.set(title="The norm grows", xlabel="block", ylabel="mean norm")
    return ax
