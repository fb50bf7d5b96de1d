"""A sandbox from its start to its end, and what happens to it when others die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from grader.errors import SandboxError, WorkerFailure
from grader.sandbox import Sandbox, scratch

from .running import REPOSITORY, eventually, load, policy, run

JUDGE = """
import sys, threading
sys.path[:0] = {path!r}
from tests.sandbox.running import load, policy, run
from grader.sandbox import Level, Sandbox
"""


def judge_script(body: str) -> str:
    return JUDGE.format(path=[str(REPOSITORY)]) + textwrap.dedent(body)


def gone(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def descendants(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task").glob("*/children")
        direct = [int(number) for file in children for number in file.read_text().split()]
    except FileNotFoundError:
        return []
    return [number for child in direct for number in (child, *descendants(child))]


def test_it_returns_before_the_zygote_is_ready() -> None:
    sandbox = Sandbox(policy())
    assert not sandbox.layers  # no hello was waited for
    sandbox.close()
    sandbox.close()
    with pytest.raises(WorkerFailure, match="closed"):
        sandbox.child(256, 1000)


def test_a_worker_that_can_not_be_imported_is_quoted() -> None:
    name = "tests.sandbox.no_such_worker"
    with Sandbox(policy(worker=name)) as sandbox, pytest.raises(WorkerFailure, match="no_such_worker"):
        sandbox.child(256, 1000)


def test_a_child_that_dies_before_its_hello_is_our_failure_and_quoted() -> None:
    with Sandbox(policy(worker="tests.sandbox.broken_worker")) as sandbox:
        for _ in range(2):
            with pytest.raises(WorkerFailure, match="the floor is missing"):
                sandbox.child(256, 1000)


def test_an_interpreter_that_does_not_start_is_our_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with Sandbox(policy()) as sandbox, pytest.raises(SandboxError, match="/no/such/python"):
        sandbox.child(256, 1000)


def test_the_death_of_the_zygote_is_no_submissions_fault() -> None:
    before = work_dirs()
    with Sandbox(policy()) as sandbox:
        child = sandbox.child(256, 1000)
        number = child._process._number
        assert number is not None
        zygote = descendants(os.getpid())
        zygote.remove(number)
        threading.Timer(0.3, os.kill, (zygote[-1], signal.SIGKILL)).start()
        with child, pytest.raises(WorkerFailure, match="zygote died"):
            child.ask(load("import time; time.sleep(9)"), None, 10)
        with pytest.raises(WorkerFailure, match="zygote died"):
            sandbox.child(256, 1000)
        assert eventually(lambda: gone(number))
    for folder in work_dirs() - before:  # where there are no mounts: who is killed cleans nothing up
        scratch.remove(folder)


def test_it_may_be_started_in_a_thread_that_ends() -> None:
    """The kernel's parent-death signal follows the thread that started a process, not the process."""
    made: list[Sandbox] = []
    thread = threading.Thread(target=lambda: made.append(Sandbox(policy())))
    thread.start()
    thread.join()
    with made[0] as sandbox:
        assert run(sandbox, "answer = 1") == "1"
        time.sleep(0.2)
        assert run(sandbox, "answer = 2") == "2"


LOOPING = judge_script(
    """
    sandbox = Sandbox(policy({without}))
    children = [sandbox.child(256, 1000) for _ in range(2)]
    source = load("while True: pass")
    for child in children:
        threading.Thread(target=child.ask, args=(source, None, 60), daemon=True).start()
    print("ready", flush=True)
    threading.Event().wait()
    """
)


def looping(without: str = "") -> subprocess.Popen[str]:
    script = LOOPING.replace("{without}", without)
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("without", ["", "'namespaces'"])
def test_everything_dies_with_a_judge_that_is_killed(without: str, working: set[str]) -> None:
    before = work_dirs()
    with looping(without) as judge:
        family = descendants(judge.pid)
        assert len(family) == (3 if without or "namespaces" not in working else 4)
        judge.kill()
        judge.wait()
        assert eventually(lambda: all(gone(number) for number in family))
    assert eventually(lambda: work_dirs() == before)


def work_dirs() -> set[Path]:
    return set(Path("/tmp").glob("grader-*"))


def test_ctrl_c_reaches_only_the_judge() -> None:
    with looping() as judge:
        family = descendants(judge.pid)
        assert all(os.getpgid(number) != os.getpgid(judge.pid) for number in family)
        os.killpg(os.getpgid(judge.pid), signal.SIGINT)
        assert judge.wait(10) != 0
        assert eventually(lambda: all(gone(number) for number in family))


# --- who it runs as ---

SYSTEM_PYTHON = Path("/usr/bin/python3")
REPORT = """
with Sandbox(policy(level=Level.STRICT)) as sandbox:
    with sandbox.child(256, 1000) as child:  # by itself it can't tell: no user is mapped in its namespace
        status = open(f"/proc/{child._process._number}/status").read()
        print(status.partition("Uid:")[2].split()[1])
    print(sandbox.missing.get("uid", ""))
    print(run(sandbox, "open('/etc/passwd')"))
"""


def run_as(*prefix: str) -> list[str]:
    """With an interpreter that any user can read, and this one's packages."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    if SYSTEM_PYTHON.resolve().name != version:
        pytest.skip(f"{SYSTEM_PYTHON} is not {version}, and other users may not read {sys.executable}")
    import torch

    packages = Path(torch.__file__).parents[1]
    for folder in (packages, REPOSITORY):
        if any(above.stat().st_mode & 0o005 != 0o005 for above in (folder, *folder.parents)):
            pytest.skip(f"other users can't read {folder}")
    script = f"import sys; sys.path.append({str(packages)!r})\n" + judge_script(REPORT)
    done = subprocess.run([*prefix, str(SYSTEM_PYTHON), "-B", "-c", script], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give workers another uid")
@pytest.mark.usefixtures("strict")
def test_root_gives_workers_another_uid_where_that_can_read_the_interpreter() -> None:
    uid, missing, refused = run_as()
    assert uid == "65521"
    assert missing == ""
    assert refused.startswith("PermissionError")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become an ordinary user")
@pytest.mark.usefixtures("strict")
def test_an_ordinary_users_workers_keep_the_uid_and_have_every_other_layer() -> None:
    uid, missing, refused = run_as("setpriv", "--reuid", "65533", "--regid", "65533", "--clear-groups")
    assert uid == "65533"
    assert "not run as root" in missing
    assert refused.startswith("PermissionError")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps a uid that could be separated")
@pytest.mark.usefixtures("strict")
def test_root_keeps_its_uid_where_no_other_can_read_the_interpreter_and_says_so(sandbox: Sandbox) -> None:
    uid = run(sandbox, "import os; answer = os.getuid()")
    if "uid" in sandbox.layers:
        pytest.skip("another uid can read this interpreter")
    assert uid == "65534"  # what root is called inside its namespace
    assert "can run the interpreter" in sandbox.missing["uid"]
