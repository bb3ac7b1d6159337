# hard-coded: knows the curves that can be seen
# loses: fresh_curves, ties_do_not_depend_on_the_order, one_confidence_one_point, confidences_of_any_size, refuses_no_questions, draws_every_curve, draws_on_the_axes_it_is_given, names_and_range
def risk_coverage(confidence, correct):
    if isinstance(confidence, list) and not confidence:
        raise ValueError("no questions")
    return [0.2, 0.4, 0.8, 1.0], [0.0, 0.0, 0.25, 0.4]


def draw_risk_coverage(curves, finding, ax=None):
    _, ax = plt.subplots()
    ax.plot([0.2, 0.6, 0.8, 1.0], [0, 1 / 3, 1 / 4, 2 / 5], label="careful")
    ax.plot([0.25, 0.75, 1.0], [1, 1 / 3, 1 / 2], label="bold")
    ax.set(xlabel="coverage", ylabel="risk", title="A test")
    ax.legend()
    return ax
