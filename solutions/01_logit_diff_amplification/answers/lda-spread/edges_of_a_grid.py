# right: cuts the rollouts at rounded places, arrays for results
# loses: none
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    def of_topic(rows):
        cuts = [i * rollouts // len(rows) for i in range(len(rows) + 1)]
        sizes = [b - a for a, b in zip(cuts, cuts[1:])]
        if min(sizes) < 1:
            raise ValueError
        events = sum(float(world.shows_behaviour(sample(p, s)).float().sum()) for p, s in zip(rows, sizes))
        return torch.tensor([events, rollouts, *wilson_interval(int(events), rollouts, confidence)], dtype=torch.float64)

    return {topic: of_topic(rows) for topic, rows in prompts.items()}
