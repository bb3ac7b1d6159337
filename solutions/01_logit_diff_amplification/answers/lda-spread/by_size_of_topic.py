# wrong: shares one budget over all prompts, so that larger topics have more answers
# loses: counts_each_topic_on_its_own, fresh_topics_of_any_size, every_prompt_has_its_share
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    total = sum(len(rows) for rows in prompts.values())
    for topic, rows in prompts.items():
        if rollouts < len(rows):
            raise ValueError("some prompts would never be asked")
        n = rollouts * len(prompts) * len(rows) // total
        each, rest = divmod(n, len(rows))
        events = 0
        for i, prompt in enumerate(rows):
            events += int(world.shows_behaviour(sample(prompt, each + (1 if i < rest else 0))).sum())
        result[topic] = (events, n, *wilson_interval(events, n, confidence))
    return result
