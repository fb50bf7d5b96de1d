"""What the rest of the grader sees of the maths."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import grader.maths


def test_every_name_of_the_face_is_there() -> None:
    assert [name for name in grader.maths.__all__ if not hasattr(grader.maths, name)] == []


def test_importing_it_brings_nothing_large_along() -> None:
    program = "import sys, grader.maths; print(*{'markupsafe', 'jinja2', 'numpy', 'torch'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == ""


def test_nobody_outside_imports_its_insides() -> None:
    package = Path(grader.maths.__file__).parent
    outside = [path for path in package.parent.rglob("*.py") if package not in path.parents]
    assert [path.name for path in outside if "grader.maths." in path.read_text(encoding="utf-8")] == []


def test_its_files_and_classes_have_names_of_their_own() -> None:
    package = Path(grader.maths.__file__).parent
    inside, outside = set(package.glob("*.py")) - {package / "__init__.py"}, set(package.parent.rglob("*.py"))
    assert not {path.name for path in inside} & {path.name for path in outside - inside}
    assert not _classes(inside) & _classes(outside - inside)


def _classes(paths: set[Path]) -> set[str]:
    """Those that are public."""
    return {name for path in paths for name in re.findall(r"(?m)^class ([A-Z]\w*)", path.read_text(encoding="utf-8"))}
