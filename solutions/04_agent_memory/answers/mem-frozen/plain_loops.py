# right: lists and loops, the binomial p-value from its sum
# loses: none
def infer_selected(repetition, first, again, record, none, threshold=0.5):
    columns = [list(x) for x in (repetition, first, again, record, none)]
    if any(len(column) != len(columns[0]) for column in columns):
        raise ValueError("one entry a house in each")
    houses = list(zip(*columns))
    picked = [house for house in houses if not math.isnan(house[0]) and house[0] >= threshold and not house[1]]
    if not picked:
        raise ValueError("no house selected")

    def share(rows, column):
        return sum(int(row[column]) for row in rows) / len(rows)

    def exact(column):
        better = sum(row[3] > row[column] for row in picked)
        worse = sum(row[3] < row[column] for row in picked)
        tail = sum(math.comb(better + worse, i) for i in range(min(better, worse) + 1)) / 2 ** (better + worse)
        return min(1.0, 2 * tail)

    out = {"selected": len(picked), "again": share(picked, 2), "record": share(picked, 3), "none": share(picked, 4)}
    for name, column in (("again", 2), ("none", 4)):
        out["over_" + name] = share(picked, 3) - share(picked, column)
        out["p_" + name] = exact(column)
        out["all_" + name] = share(houses, 3) - share(houses, column)
    return out


import math

every = [repetition, solved_in["first"], solved_in["again"], solved_in["record"], solved_in["none"]]
all_frozen = infer_selected(*every)
count, until = 0, 0
while count < 16:
    count += bool(repetition[until] >= 0.5 and not solved_in["first"][until])
    until += 1
first_sixteen = infer_selected(*[column[:until] for column in every])
