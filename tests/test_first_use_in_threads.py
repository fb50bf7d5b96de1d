"""Types that several threads use for the first time at once: msgspec crashed the whole process there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOGETHER = """
import sys, threading
sys.setswitchinterval(1e-6)
{imports}
begin, done = threading.Barrier(8), []
def work():
    begin.wait()
    {task}
    done.append(1)
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(done) == 8
"""
STORING = """
from grader.batch.journal import _encode
from grader.result import CheckResult, Result
from grader.text import Text
from grader.verdict import Verdict
checks = [CheckResult("shape", Text("Shape", "形状"), Verdict.ACCEPTED, 1, 1)]
result = Result("ada", "softmax", Text("Softmax", "归一化"), "implement", Verdict.ACCEPTED, 1, 1, 0.0, checks)
"""
LOADING = """
from pathlib import Path
from grader.question.load import load_question
path = next(Path("questions").glob("*/*/question.yaml"))
"""
TASKS = {
    "storing": (STORING, "assert _encode(result)[0] is result"),
    "loading": (LOADING, "load_question(path)"),
}


@pytest.mark.parametrize("task", TASKS)
def test_threads_may_begin_together(task: str) -> None:
    imports, call = TASKS[task]
    script = TOGETHER.format(imports=imports, task=call)
    for _ in range(12):  # before, one of three processes crashed
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
