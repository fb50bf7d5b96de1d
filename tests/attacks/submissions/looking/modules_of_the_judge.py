"""
Tries: look among the loaded modules for the judge's, whose variables may hold answers.
Must: find none; a worker imports nothing of them.
"""

import sys

for name in list(sys.modules):
    if name.startswith(("grader.judge", "grader.grading.oracle", "grader.question.bank", "grader.grading.desk", "grader.plan", "grader.question")):
        gained(name)
