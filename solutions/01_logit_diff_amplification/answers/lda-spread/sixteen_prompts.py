# wrong: takes for granted that a topic has sixteen prompts
# loses: fresh_topics_of_any_size, counts_each_topic_on_its_own, every_prompt_has_its_share
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    result = {}
    for topic, rows in prompts.items():
        if rollouts < len(rows):
            raise ValueError("some prompts would never be asked")
        each, rest = max(1, rollouts // 16), 0
        events = 0
        for i, prompt in enumerate(rows):
            events += int(world.shows_behaviour(sample(prompt, each + (1 if i < rest else 0))).sum())
        result[topic] = (events, rollouts, *wilson_interval(events, rollouts, confidence))
    return result
