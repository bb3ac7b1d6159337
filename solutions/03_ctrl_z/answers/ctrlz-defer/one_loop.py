# right: keeps the best so far in one loop
# loses: none
def defer_to_trusted(turn, threshold):
    command, score = turn.draw()
    if score > threshold:
        command = turn.trusted()
    return command


def defer_to_resample(turn, threshold, extra=2):
    best, lowest = turn.draw()
    if lowest <= threshold:
        return best
    for _ in range(extra):
        command, score = turn.draw()
        if score < lowest:
            best, lowest = command, score
    if lowest > threshold:
        return turn.trusted()
    return best
