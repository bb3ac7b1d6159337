"""The interview: a rehearsal made of a learner's own decisions, predictions, results, raw samples and code.

``bank`` reads a unit's questions, ``material`` the learner's work, ``binding`` and ``choose`` bring the two together,
``record`` keeps what was asked and answered, ``sheet*`` and ``papers`` write the pages, ``widgets`` and ``terminal``
ask.
"""
