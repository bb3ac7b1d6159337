"""autograde: the grader's side of worktest. Build, nbgrader course, examiner, answers harness.

It may import ``worktest``; ``worktest`` never imports it, apart from one lazy import in its command line.
"""
