# right: argmin over an array of scores, the first sample left out because it can't win
# loses: none
def defer_to_trusted(turn, threshold):
    return defer_to_resample(turn, threshold, extra=0)


def defer_to_resample(turn, threshold, extra=2):
    command, score = turn.draw()
    if score <= threshold:
        return command
    more = [turn.draw() for _ in range(extra)]
    if not more or np.min([s for _, s in more]) > threshold:
        return turn.trusted()
    return more[int(np.argmin([s for _, s in more]))][0]
