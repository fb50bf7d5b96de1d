"""`grader doctor`, with what it finds out replaced by made findings."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import doctor_command, main
from grader.cli.doctor_command import Torch, ask_torch
from grader.sandbox import doctor
from grader.sandbox.doctor import LayerReport
from grader.text import Text

LAYERS = [
    LayerReport("seccomp", True, "3 system calls are allowed", Text(en="Without it ...", zh="缺少时 ...")),
    LayerReport("landlock", False, "the kernel is too old", Text(en="Files are open.", zh="文件没有保护。")),
]


@pytest.fixture(autouse=True)
def made_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "examine", lambda: LAYERS)
    monkeypatch.setattr(doctor_command, "ask_torch", lambda: Torch("2.9.0", None))


def test_doctor_says_what_a_missing_layer_means() -> None:
    result = CliRunner().invoke(main, ["doctor", "--lang", "en"])
    assert result.exit_code == 0
    assert "torch 2.9.0\n" in result.stdout
    assert "  seccomp       works: 3 system calls are allowed\n" in result.stdout
    assert "  landlock      missing: the kernel is too old\n                Files are open.\n" in result.stdout
    assert "Without it" not in result.stdout


def test_doctor_speaks_chinese() -> None:
    result = CliRunner().invoke(main, ["doctor", "--lang", "zh"])
    assert "不可用: the kernel is too old" in result.stdout
    assert "文件没有保护。" in result.stdout


def test_doctor_as_json_carries_a_schema_version() -> None:
    found = json.loads(CliRunner().invoke(main, ["doctor", "--format", "json"]).stdout)
    assert found["schema_version"] == doctor_command.SCHEMA_VERSION
    assert found["torch"] == {"version": "2.9.0", "gpu": None, "problem": None}
    assert [layer["works"] for layer in found["layers"]] == [True, False]


def test_doctor_goes_on_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_command, "ask_torch", lambda: Torch(None, None, "No module named 'torch'"))
    result = CliRunner().invoke(main, ["doctor", "--lang", "en"])
    assert "torch can't be imported: No module named 'torch'\n" in result.stdout


def test_torch_is_asked_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def answer(script: str, seconds: float = 60) -> Torch:
        monkeypatch.setattr(doctor_command, "ASK_TORCH", script)
        return ask_torch(seconds)

    assert answer("print('2.9.0'); print('H100')") == Torch("2.9.0", "H100")
    assert answer("print('2.9.0'); print('')") == Torch("2.9.0", None)
    assert answer("import no_such_module").problem == "ModuleNotFoundError: No module named 'no_such_module'"
    assert answer("raise SystemExit(5)").problem == "the interpreter ended with 5"
    assert "timed out" in str(answer("import time; time.sleep(60)", 0.5).problem)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    assert "No such file" in str(answer("").problem)
