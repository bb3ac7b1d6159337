# wrong: the colleague's code as it is
# loses: each_digit_belongs_to_its_text, two_alphas_and_any_prompt
def sample_pair(before, after, prompts, alpha_reasoning, alpha_answer, generator):
    return colleagues_pair(before, after, prompts, alpha_reasoning, alpha_answer, generator)
