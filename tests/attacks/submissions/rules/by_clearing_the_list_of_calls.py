"""
Tries: replace a method of the grader's process by one that forgets which forbidden functions were called.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Right: accepted, rule_violation
Wrong: wrong_answer, rule_violation
Suspicious: yes
"""

from torch import nn

space = getattr(nn.Linear(1, 1).forward, "__glo" + "bals__")
serve = getattr(space["torch"], "sys").modules["grader.worker.serve"]
original = serve.Worker._outcome


def outcome(self, *rest):
    self._called.clear()
    return original(self, *rest)


serve.Worker._outcome = outcome
