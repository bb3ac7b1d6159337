"""Choosing a stream: what descriptions ask, what a learner has to show for it, and what does not fit.

``describe`` reads descriptions, ``find`` what they ask and say, each with the sentence as its reason; ``wishes`` and
``evidence`` the learner's side; ``rank`` puts the three columns beside each other, ``reading`` makes a reading order,
``own`` keeps the learner's own ranking, ``programs`` what is known of how programs match, ``words`` says it all in
lines, ``notebook`` is what the notebook of unit 00 calls.
"""
