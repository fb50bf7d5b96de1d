"""What the rest of the grader sees of the maths."""

from __future__ import annotations

import subprocess
import sys

import grader.maths


def test_every_name_of_the_face_is_there() -> None:
    assert [name for name in grader.maths.__all__ if not hasattr(grader.maths, name)] == []


def test_importing_it_brings_nothing_large_along() -> None:
    program = "import sys, grader.maths; print(*{'markupsafe', 'jinja2', 'numpy', 'torch'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == ""
