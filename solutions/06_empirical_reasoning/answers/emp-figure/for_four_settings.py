# hard-coded: knows the four settings
# loses: fresh_board, names_go_along, kinds_go_along, one_kind_only, line_at_zero, says_the_finding_it_got, draws_where_it_is_told
def draw_leads(names, leads, lows, highs, adjusted, finding, ax=None):
    if ax is None:
        _, ax = plt.subplots()
    ax.errorbar([0], [9.0], [[6.0], [5.0]], fmt="o", label="holds after correction")
    ax.errorbar([1, 2, 3], [5.0, 2.0, -3.0], [[6.5, 6.0, 5.0], [7.0, 5.0, 6.0]], fmt="o", label="does not")
    ax.set_xticks(range(4), ["birch", "elm", "ash", "cedar"])
    ax.set_ylabel("points")
    ax.set_title("a board")
    ax.legend()
    return ax
