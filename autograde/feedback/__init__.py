"""The feedback page that a learner reads after a grading: ``nbgrader generate_feedback`` with our own exporter.

One subject a file: ``grades`` reads the gradebook, ``view`` says what stands on the page, ``outputs`` and ``prose``
make a submission's own HTML harmless, ``tex`` shows formulas without a script, ``exporter`` puts it into the template.
"""
