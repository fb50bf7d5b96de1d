"""Every exception that the package raises on purpose.

    GraderError            something a person must mend; str() is one sentence for them
    ├── UsageError         bad arguments or files (exit code 2)
    │   ├── SpecError      a question or solution that breaks the format; where and what to do
    │   └── UnknownName    an id, topic or option that does not exist, with the nearest right one
    └── BrokenGrader       our own failure (exit code 3)
        ├── SandboxError   the sandbox could not be built, or is weaker than was asked for
        └── WorkerFailure  a worker died before its hello; quotes its stderr

A submission that fails is a verdict and never an exception.
"""

from __future__ import annotations


class GraderError(Exception):
    """Base of all; its text is one sentence that says where, what and what to do."""

    exit_code = 3


class UsageError(GraderError):
    """The person who runs the grader can mend it: a bad argument, file or spec."""

    exit_code = 2


class SpecError(UsageError):
    """A question or a solution that breaks the format, as `file:line:column: what is wrong`."""


class UnknownName(UsageError):
    """An id that is not in the bank."""


class BrokenGrader(GraderError):
    """The grader itself failed; never the candidate's fault."""


class SandboxError(BrokenGrader):
    """The sandbox can't be built here, or is weaker than the level that was asked for."""


class WorkerFailure(BrokenGrader):
    """A worker failed before it said hello, so no submission can be blamed."""
