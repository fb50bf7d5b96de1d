"""Each layer, by attacks that it alone stops: refused with all layers, carried out with that one missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.sandbox import Level, Sandbox, limits
from grader.sandbox.policy import LAYERS

from .attacks import ATTACKS, ORDINARY, REFUSED
from .running import REPOSITORY, eventually, policy, run, tell

TMPFS_MEGABYTES = 64


class Weakened:
    """Sandboxes that lack one layer each, started together and kept."""

    def __init__(self, secrets: Path) -> None:
        layers = {layer: Level.NONE for layer, _, _ in ATTACKS.values()} | {"namespaces": Level.STANDARD}
        self._opened = {
            layer: Sandbox(policy(layer, level=level, hidden=(secrets,))) for layer, level in layers.items()
        }

    def __getitem__(self, layer: str) -> Sandbox:
        return self._opened[layer]

    def close(self) -> None:
        for sandbox in self._opened.values():
            sandbox.close()


@pytest.fixture(scope="module")
def weakened(secrets: Path) -> Iterator[Weakened]:
    opened = Weakened(secrets)
    yield opened
    opened.close()


def _aimed(source: str, secrets: Path) -> str:
    return f"SECRET = {str(secrets / 'reference.py')!r}\n{source}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused(sandbox: Sandbox, working: set[str], secrets: Path, attack: str) -> None:
    layer, source, error = ATTACKS[attack]
    if layer not in working:
        pytest.skip(f"this machine has no layer '{layer}'")
    answer = run(sandbox, _aimed(source, secrets))
    assert error in answer.partition(":")[0]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_same_attack_works_without_the_layer_that_stops_it(
    weakened: Weakened, working: set[str], secrets: Path, attack: str
) -> None:
    layer, source, _ = ATTACKS[attack]
    if layer == "capabilities" and "namespaces" not in working:
        pytest.skip("without a user namespace there are none to drop")
    assert run(weakened[layer], _aimed(source, secrets), megabytes=256) == "'done'"


@pytest.mark.parametrize("attack", REFUSED)
def test_more_that_is_refused(sandbox: Sandbox, secrets: Path, attack: str) -> None:
    answer = run(sandbox, _aimed(REFUSED[attack] + "\nanswer = 'done'", secrets))
    assert answer != "'done'"
    assert answer.partition(":")[0] in {
        *("PermissionError", "AssertionError", "OSError", "ProcessLookupError", "FileNotFoundError"),
        "ValueError",
    }


@pytest.mark.parametrize("use", ORDINARY)
@pytest.mark.usefixtures("strict")
def test_ordinary_code_meets_no_layer(sandbox: Sandbox, use: str) -> None:
    assert run(sandbox, ORDINARY[use] + "\nanswer = 'done'") == "'done'"


@pytest.mark.usefixtures("strict")
def test_the_disk_can_not_be_filled(sandbox: Sandbox) -> None:
    fill = """
        import itertools
        written = 0
        try:
            for n in itertools.count():
                with open(f"/tmp/{n}", "wb", 0) as file:
                    for _ in range(8):
                        written += file.write(bytes(1 << 20))
        except OSError as error:
            answer = error.strerror, written >> 20
    """
    reason, megabytes = eval(run(sandbox, fill))
    assert reason == os.strerror(28)
    assert megabytes <= TMPFS_MEGABYTES


@pytest.mark.usefixtures("strict")
def test_a_child_sees_nothing_of_the_one_before(sandbox: Sandbox) -> None:
    assert run(sandbox, "open('/tmp/left', 'w'); open('/dev/shm/left', 'w'); answer = 1") == "1"
    look = "import os; answer = [os.path.exists(f) for f in ('/tmp/left', '/dev/shm/left', 'left')]"
    assert run(sandbox, look) == "[False, False, False]"
    assert not Path("/tmp/left").exists()


def test_children_begin_with_the_same_randomness_so_that_a_verdict_replays(sandbox: Sandbox) -> None:
    draw = "import random, numpy, torch; answer = random.random(), numpy.random.rand(), torch.rand(1).item()"
    assert run(sandbox, draw) == run(sandbox, draw)


def test_it_holds_no_descriptor_but_its_own(sandbox: Sandbox) -> None:
    count = """
        import os
        answer = []
        for n in range(256):
            try:
                os.fstat(n)
                answer.append(n)
            except OSError:
                pass
    """
    assert len(eval(run(sandbox, count))) == 4  # three streams and the socket


def test_its_environment_tells_nothing_of_the_judge(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "PATH" not in eval(run(sandbox, "import os; answer = dict(os.environ)"))


@pytest.mark.usefixtures("strict")
def test_each_child_has_its_own_count_of_threads(sandbox: Sandbox) -> None:
    take = """
        import threading
        threading.stack_size(1 << 16)
        end, answer = threading.Event(), 0
        try:
            while True:
                threading.Thread(target=end.wait, daemon=True).start()
                answer += 1
        except RuntimeError:
            pass
    """
    with sandbox.child(512, 1000) as greedy:
        assert int(tell(greedy, take)) == limits.THREADS - 1
        assert run(sandbox, ORDINARY["threads"] + "\nanswer = 'done'") == "'done'"


def test_children_are_killed_before_others_where_memory_is_short(sandbox: Sandbox) -> None:
    with sandbox.child(256, 1000) as child:
        number = child._process._number
        status = Path(f"/proc/{number}/status").read_text()
        parent = status.partition("PPid:")[2].split()[0]
        scores = [int(Path(f"/proc/{process}/oom_score_adj").read_text()) for process in (number, parent)]
    assert min(scores) >= 300


# --- with fewer layers ---


@pytest.mark.usefixtures("strict")
def test_strict_refuses_what_standard_accepts() -> None:
    words = r"'landlock'.*switched off.*--isolation standard"
    with Sandbox(policy("landlock", level=Level.STRICT)) as sandbox, pytest.raises(SandboxError, match=words):
        sandbox.child(256, 1000)


def test_standard_needs_no_namespaces(weakened: Weakened, secrets: Path) -> None:
    sandbox = weakened["namespaces"]
    assert run(sandbox, "answer = 1") == "1"
    assert {"landlock", "seccomp", "rlimits"} <= set(sandbox.layers)
    assert set(sandbox.missing) >= {"namespaces", "mounts"}
    for source in (
        "open(SECRET)",
        "open('/etc/passwd')",
        "import os; os.chmod(SECRET, 0)",
        "open('/tmp/x', 'w')",
    ):
        assert run(sandbox, _aimed(source, secrets)).startswith("PermissionError")
    assert run(sandbox, "import tempfile; tempfile.TemporaryFile().write(b'x'); answer = 1") == "1"


def test_a_hostile_work_dir_is_removed_and_no_link_followed(weakened: Weakened, secrets: Path) -> None:
    sandbox = weakened["namespaces"]
    hostile = f"""
        import os
        where = os.getcwd()
        os.symlink({str(secrets)!r}, "link")
        for n in range(250):
            os.mkdir("deep", 0o700)
            os.chdir("deep")
        os.mkdir("closed", 0)
        answer = where
    """
    work = Path(run(sandbox, hostile).strip("'"))
    assert work.name.isdigit()
    assert eventually(lambda: not work.exists())
    assert work.parent.exists()
    assert (secrets / "reference.py").exists()


def test_its_work_dirs_are_gone_when_it_is_closed() -> None:
    before = set(Path("/tmp").glob("grader-*"))
    with Sandbox(policy("namespaces")) as sandbox:
        child = sandbox.child(256, 1000)
        assert len(set(Path("/tmp").glob("grader-*")) - before) == 1
    child.close()
    assert set(Path("/tmp").glob("grader-*")) == before


def test_a_process_with_deadlines_is_left_where_nothing_else_works() -> None:
    everything = (
        "uid",
        "namespaces",
        "mounts",
        "rlimits",
        "capabilities",
        "no_new_privs",
        "landlock",
        "seccomp",
    )
    with Sandbox(policy(*everything)) as sandbox:
        assert run(sandbox, "answer = open('/etc/passwd').read() != ''") == "True"
        assert sandbox.layers == []
        assert set(sandbox.missing) == set(LAYERS)


def test_an_installed_bank_is_closed_without_namespaces_too(tmp_path: Path) -> None:
    """The hidden tree is inside a readable one, so Landlock must be told of what is beside it."""
    copy = tmp_path / "grader"
    shutil.copytree(REPOSITORY / "grader", copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "_bank").mkdir()
    (copy / "_bank" / "secret.py").write_text("answer = 42")
    (tmp_path / "tests").symlink_to(REPOSITORY / "tests")
    script = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from tests.sandbox.running import policy, run
from grader.sandbox import Sandbox
with Sandbox(policy("namespaces")) as sandbox:
    print(run(sandbox, "open({str(copy / "_bank" / "secret.py")!r})"))
    print(run(sandbox, "import grader.sandbox.doctor as d; answer = open(d.__file__).read() != ''"))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True)
    lines = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert lines == ["PermissionError", "True"]
