# wrong: draws `rollouts` answers for each prompt
# loses: counts_each_topic_on_its_own, fresh_topics_of_any_size, every_prompt_has_its_share, spread_follows_the_confidence, silent_topics_have_a_width
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    for topic, rows in prompts.items():
        if rollouts < len(rows):
            raise ValueError("some prompts would never be asked")
        each, rest, n = rollouts, 0, rollouts * len(rows)
        events = 0
        for i, prompt in enumerate(rows):
            events += int(world.shows_behaviour(sample(prompt, each + (1 if i < rest else 0))).sum())
        result[topic] = (events, n, *wilson_interval(events, n, confidence))
    return result
