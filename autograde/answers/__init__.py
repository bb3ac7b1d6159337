"""The answer bank: wrong, hard-coded and differently right answers that prove the checks."""
