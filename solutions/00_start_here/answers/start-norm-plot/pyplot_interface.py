# right: uses plt's own functions and the current axes
# loses: none
def plot_norms(norms):
    plt.figure()
    plt.plot(list(range(len(norms))), norms.numpy(), "s--")
    plt.title("Norm by block")
    plt.xlabel("block number")
    plt.ylabel("norm")
    return plt.gca()
