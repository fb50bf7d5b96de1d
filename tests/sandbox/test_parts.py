"""The parts of the sandbox that need no child."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import cast

import pytest

from grader.errors import SandboxError
from grader.sandbox import Level, Policy, Sandbox, doctor, landlock, losses, paths, policy, scratch
from grader.sandbox.policy import LAYERS
from grader.sandbox.process import Deadline, Process
from grader.sandbox.seccomp import Filter
from grader.text import Text
from grader.verdict import Verdict

ALL = [layer for layer in LAYERS if layer != "uid"]


def test_strict_needs_every_layer_but_the_uid() -> None:
    assert policy.lacking(Level.STRICT, ALL) is None
    for layer in ALL:
        assert policy.lacking(Level.STRICT, [other for other in ALL if other != layer]) == layer


@pytest.mark.parametrize(
    ("layers", "missing"),
    [
        (["rlimits", "seccomp", "landlock"], None),
        (["rlimits", "seccomp", "mounts"], None),
        (["rlimits", "seccomp", "namespaces"], "landlock"),
        (["rlimits", "landlock", "mounts"], "seccomp"),
        (["seccomp", "landlock", "mounts"], "rlimits"),
    ],
)
def test_standard_needs_seccomp_limits_and_one_way_to_close_files(layers: list[str], missing: str | None) -> None:
    assert policy.lacking(Level.STANDARD, layers) == missing


def test_a_refusal_names_layer_reason_and_the_option_that_accepts() -> None:
    notes = {"namespaces": "unshare: Operation not permitted"}
    with pytest.raises(SandboxError) as caught:
        policy.require(Level.STRICT, ["rlimits", "seccomp", "landlock"], notes)
    assert "'namespaces'" in str(caught.value)
    assert "unshare: Operation not permitted" in str(caught.value)
    assert "--isolation standard" in str(caught.value)
    with pytest.raises(SandboxError, match="--isolation none"):
        policy.require(Level.STANDARD, ["landlock"], {})


def test_a_layer_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="locks"):
        Policy(without=frozenset({"locks"}))


@pytest.mark.parametrize("level", [Level.STRICT, Level.STANDARD])
def test_other_systems_have_only_a_process_with_deadlines(monkeypatch: pytest.MonkeyPatch, level: Level) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxError, match="--isolation none"):
        Sandbox(Policy(level=level))


def test_a_system_without_fork_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with pytest.raises(SandboxError, match="no fork"):
        Sandbox(Policy(level=Level.NONE))


@pytest.mark.parametrize(
    ("status", "verdict", "words"),
    [
        (0x0300, Verdict.RUNTIME_ERROR, "exit code 3"),
        (signal.SIGKILL, Verdict.MEMORY_LIMIT_EXCEEDED, "512 MB"),
        (signal.SIGXCPU, Verdict.TIME_LIMIT_EXCEEDED, "SIGXCPU"),
        (signal.SIGSEGV | 0x80, Verdict.RUNTIME_ERROR, "SIGSEGV"),
        (signal.SIGBUS, Verdict.RUNTIME_ERROR, "SIGBUS"),
        (signal.SIGABRT, Verdict.RUNTIME_ERROR, "SIGABRT"),
        (signal.SIGSYS, Verdict.RUNTIME_ERROR, "SIGSYS"),
        (signal.SIGXFSZ, Verdict.RUNTIME_ERROR, "SIGXFSZ"),
        (signal.SIGALRM, Verdict.RUNTIME_ERROR, "SIGALRM"),
        (40, Verdict.RUNTIME_ERROR, "signal 40"),
    ],
)
def test_each_death_has_a_verdict_and_a_text(status: int, verdict: Verdict, words: str) -> None:
    lost = losses.died(int(status), 512)
    assert lost.verdict is verdict
    assert words in lost.message.en
    assert words.removesuffix(" MB").removeprefix("exit code ").removeprefix("signal ") in lost.message.zh


class Clock:
    """A process whose processor time the test sets."""

    used: float | None = 0.0

    def processor_seconds(self) -> float | None:
        return self.used


def deadline(seconds: float, clock: Clock) -> Deadline:
    return Deadline(seconds, cast(Process, clock))


def test_a_deadline_ends_for_a_process_that_only_waits() -> None:
    clock = Clock()
    limit = deadline(1.0, clock)
    limit._begun -= 2.5
    assert limit.remaining() == 0
    assert limit.idle
    clock.used = 0.5
    busy = deadline(1.0, clock)
    busy._begun -= 2.5
    clock.used = 1.0
    assert busy.remaining() > 0
    assert not busy.idle


def test_a_deadline_waits_for_processor_time_up_to_a_ceiling() -> None:
    clock = Clock()
    limit = deadline(0.05, clock)
    time.sleep(0.06)
    assert 0 < limit.remaining() <= 0.05
    clock.used = 0.02
    assert 0 < limit.remaining() < 0.031
    clock.used = 0.06
    assert limit.remaining() == 0
    limit._begun -= 2
    clock.used = 0.0
    assert limit.remaining() == 0


def test_a_deadline_goes_by_the_wall_where_processor_time_is_unknown() -> None:
    clock = Clock()
    clock.used = None
    limit = deadline(0.02, clock)
    assert limit.remaining() > 0
    time.sleep(0.03)
    assert limit.remaining() == 0


def test_a_tree_is_cut_into_pieces_around_what_is_hidden(tmp_path: Path) -> None:
    for name in ("a/x", "a/hidden/deep", "b"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "a" / "file").write_text("")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "in").symlink_to(tmp_path / "a" / "hidden")
    hidden = (tmp_path / "a" / "hidden",)
    pieces = {str(piece.relative_to(tmp_path)) for piece in paths.without(tmp_path, hidden)}
    assert pieces == {"a/x", "a/file", "b"}
    assert paths.without(tmp_path, ()) == [tmp_path]
    assert paths.without(hidden[0], hidden) == []


def test_a_link_is_no_way_out_of_a_tree_that_is_cut(tmp_path: Path) -> None:
    tree, outside = tmp_path / "tree", tmp_path / "outside"
    for folder in (tree / "hidden", tree / "seen", outside):
        folder.mkdir(parents=True)
    (tree / "out").symlink_to(outside)
    assert paths.without(tree, (tree / "hidden",)) == [tree / "seen"]


@pytest.mark.parametrize("place", ["grader", "site-packages/grader", "python3.9/site-packages/grader"])
def test_banks_of_other_installed_copies_are_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    bank = tmp_path / place / "_bank"
    bank.mkdir(parents=True)
    monkeypatch.setattr(paths, "_SYSTEM", (*paths._SYSTEM, str(tmp_path)))
    assert bank in paths.check_hidden(())


@pytest.mark.parametrize("path", ["/", "/usr", "/dev", str(paths.PACKAGE), str(paths.PACKAGE.parent)])
def test_it_is_known_beforehand_what_can_not_be_hidden(path: str, tmp_path: Path) -> None:
    assert not paths.can_be_hidden(Path(path))
    assert paths.can_be_hidden(tmp_path / "not there yet")


def test_what_workers_run_can_not_be_hidden() -> None:
    with pytest.raises(SandboxError, match="can't be hidden"):
        paths.check_hidden((paths.PACKAGE.parent,))


def test_the_folder_of_a_checkout_is_never_readable() -> None:
    assert not any(paths.PACKAGE.is_relative_to(rule.path) and rule.path != str(paths.PACKAGE) for rule in _rules())


def _rules() -> list[landlock.PathRule]:
    return paths.rules("cpu", paths.check_hidden(()))


def test_cuda_opens_its_devices() -> None:
    more = {rule.path for rule in paths.rules("cuda", ())} - {rule.path for rule in paths.rules("cpu", ())}
    assert "/proc" in more


def test_a_missing_module_is_named() -> None:
    with pytest.raises(SandboxError, match="no_such_module"):
        Sandbox(Policy(level=Level.NONE, preload=("no_such_module.deep",)))


def test_older_versions_of_landlock_say_what_they_lack() -> None:
    assert set(landlock.shortcomings(1)) == {"landlock network", "landlock scope"}
    assert set(landlock.shortcomings(5)) == {"landlock scope"}
    assert landlock.shortcomings(6) == {}
    for version, bits in ((1, 13), (2, 14), (3, 15), (4, 15), (5, 16)):
        assert landlock._handled(version) == (1 << bits) - 1


def test_a_hostile_tree_is_removed_without_following_links() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        _check_removal(Path(folder))


def _check_removal(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    top = tmp_path / "top"
    top.mkdir()
    (top / "link").symlink_to(outside)
    (top / "moved-1").mkdir()
    (top / "moved-1" / "x").write_text("x")
    os.mkfifo(top / "pipe")
    here = os.open(top, os.O_RDONLY)
    for _ in range(1100):  # deeper than Python recurses, longer than a path may be
        os.mkdir("deep", dir_fd=here)
        inner = os.open("deep", os.O_RDONLY, dir_fd=here)
        os.symlink(outside, "link", dir_fd=inner)
        os.close(here)
        here = inner
    os.close(here)
    with pytest.raises(scratch.TooManyEntries):
        scratch.remove(top, most=10)
    scratch.remove(top)
    assert not top.exists()
    assert (outside / "kept").read_text() == "x"
    scratch.remove(top)  # gone already


def test_doctor_reports_every_layer_with_what_it_means() -> None:
    reports = doctor.examine()
    assert [report.name for report in reports] == list(LAYERS)
    for report in reports:
        assert report.detail
        assert isinstance(report.meaning, Text)
    assert doctor.strongest(reports) in Level
    assert doctor.processors() >= 1


def test_doctor_repeats_the_kernels_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Filter) -> None:
        raise OSError(38, "seccomp: Function not implemented")

    monkeypatch.setattr(Filter, "install", refuse)
    reports = {report.name: report for report in doctor.examine()}
    assert not reports["seccomp"].works
    assert reports["seccomp"].detail == "seccomp: Function not implemented"
    assert doctor.strongest(list(reports.values())) is Level.NONE


def test_doctor_on_another_system_tries_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not any(report.works for report in doctor.examine())
