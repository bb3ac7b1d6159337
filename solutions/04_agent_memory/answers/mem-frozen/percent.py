# wrong: gives percent
# loses: fresh_houses, gains_of_the_record, the_record_may_be_worse, the_threshold_is_an_argument, the_given_houses, two_results_of_the_right_form, eight_houses_by_hand
def infer_selected(repetition, first, again, record, none, threshold=0.5):
    if len({len(repetition), len(first), len(again), len(record), len(none)}) != 1:
        raise ValueError("different lengths")
    chosen = (repetition >= threshold) & (first == 0)
    if chosen.sum() == 0:
        raise ValueError("nothing selected")
    result = {"selected": int(chosen.sum()), "record": 100 * float(record[chosen].mean())}
    for name, other in (("again", again), ("none", none)):
        result[name] = 100 * float(other[chosen].mean())
        result["over_" + name] = result["record"] - result[name]
        one = int(((record == 1) & (other == 0))[chosen].sum())
        two = int(((record == 0) & (other == 1))[chosen].sum())
        result["p_" + name] = float(stats.binomtest(one, one + two, 0.5).pvalue) if one + two > 0 else 1.0
        result["all_" + name] = float(record.mean() - other.mean())
    return result


all_frozen = infer_selected(repetition, *(solved_in[run] for run in ("first", "again", "record", "none")))
hard = [i for i in range(200) if repetition[i] >= 0.5 and solved_in["first"][i] == 0]
until = hard[15] + 1
first_sixteen = infer_selected(repetition[:until], *(solved_in[run][:until] for run in ("first", "again", "record", "none")))
