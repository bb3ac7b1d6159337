# wrong: draws a prompt at random for each answer: fair on average only
# loses: every_prompt_has_its_share
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    for topic, rows in prompts.items():
        if rollouts < len(rows):
            raise ValueError("some prompts would never be asked")
        each, rest = divmod(rollouts, len(rows))
        chosen = torch.randint(len(rows), (rollouts,)).bincount(minlength=len(rows))
        events = sum(int(world.shows_behaviour(sample(p, int(c))).sum()) for p, c in zip(rows, chosen) if c)
        result[topic] = (events, rollouts, *wilson_interval(events, rollouts, confidence))
    return result
