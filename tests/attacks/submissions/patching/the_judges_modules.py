"""
Tries: replace the functions of the judge, as they can be imported beside the submission.
Must: change nothing; the judge is another process.
"""

from contextlib import suppress

with suppress(ImportError, OSError):
    from grader.judge import compare
    from grader.judge import checking as judge
    from grader.verdict import Verdict

    compare.compare = lambda *args: compare.Comparison()
    compare.allowed = lambda *args: 1e9
    judge.compare = compare.compare
    judge._judge_case = lambda *args: judge.Judged(Verdict.ACCEPTED, compare.Comparison())
