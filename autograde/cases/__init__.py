"""Scenarios that are drawn anew for every sitting: data, truth, and how an answer is scored. The grader's side."""
