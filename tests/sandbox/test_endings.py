"""However a child ends, the verdict fits, it comes in time, and the judge is none the worse."""

from __future__ import annotations

import gc
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader import wire
from grader.sandbox import Lost, Sandbox
from grader.verdict import Verdict

from .running import load, run, tell

CRASH = Verdict.RUNTIME_ERROR

ENDINGS = {
    "leaves with code 0": ("import os; os._exit(0)", CRASH, "exit code 0"),
    "leaves with code 3": ("import os; os._exit(3)", CRASH, "exit code 3"),
    "crashes": ("import ctypes; ctypes.string_at(0)", CRASH, "SIGSEGV"),
    "aborts": ("import os; os.abort()", CRASH, "SIGABRT"),
    "terminates itself": ("import os; os.kill(os.getpid(), 15)", CRASH, "SIGTERM"),
    "sends garbage": ("judge.sendall(b'x' * 100); import time; time.sleep(9)", CRASH, "magic"),
    "claims a huge frame": (
        "judge.sendall(wire.PREFIX.pack(wire.MAGIC, 1 << 31, 1 << 60)); import time; time.sleep(9)",
        CRASH,
        "over the cap",
    ),
    "sends half a frame and leaves": (
        "import os; judge.sendall(wire.encode(wire.Loaded(request))[:-1]); os._exit(5)",
        CRASH,
        "exit code 5",
    ),
    "sends half a frame and waits": (
        "import time; judge.sendall(wire.encode(wire.Loaded(request))[:-1]); time.sleep(99)",
        Verdict.TIME_LIMIT_EXCEEDED,
        "0.2 seconds",
    ),
    "answers another request": ("send(wire.encode(wire.Loaded(request + 1)))", CRASH, "no request"),
    "says hello again": ("send(wire.encode(wire.Hello([])))", CRASH, "no request"),
    "sends a request": ("send(wire.encode(wire.Load(request)))", CRASH, "not a reply"),
    "sends tensors that are none": (
        "header = wire.encode(wire.Loaded(request))[16:]\n"
        "judge.sendall(wire.PREFIX.pack(wire.MAGIC, len(header), 9) + header + b'9' * 9)",
        CRASH,
        "index of tensors",
    ),
    "hangs up and goes on": ("judge.close(); import time; time.sleep(99)", CRASH, "closed its end"),
    "loops in Python": ("while True: pass", Verdict.TIME_LIMIT_EXCEEDED, "0.2 seconds"),
    "loops in C": ("sum(range(10**13))", Verdict.TIME_LIMIT_EXCEEDED, "0.2 seconds"),
    "sleeps": ("import time; time.sleep(99)", Verdict.TIME_LIMIT_EXCEEDED, "0.2 seconds"),
    "stops and ignores signals": (
        "import signal; signal.signal(15, signal.SIG_IGN)\nwhile True: signal.pause()",
        Verdict.TIME_LIMIT_EXCEEDED,
        "0.2 seconds",
    ),
    "prints without end": ("while True: print('x' * 1000)", Verdict.OUTPUT_LIMIT_EXCEEDED, "100000 bytes"),
    "prints without end from C": (
        "import os\nwhile True: os.write(2, b'x' * 65536)",
        Verdict.OUTPUT_LIMIT_EXCEEDED,
        "100000 bytes",
    ),
    "prints too much and answers": ("print('x' * 100_001)", Verdict.OUTPUT_LIMIT_EXCEEDED, "100000 bytes"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_ending_has_its_verdict(sandbox: Sandbox, ending: str) -> None:
    source, verdict, words = ENDINGS[ending]
    with pytest.raises(Lost) as caught:
        run(sandbox, source, seconds=0.2)
    assert caught.value.verdict is verdict
    assert words in caught.value.message.en
    assert caught.value.message.zh


def test_a_crash_is_explained_in_the_output(sandbox: Sandbox) -> None:
    with sandbox.child(512, 10_000) as child:
        with pytest.raises(Lost):
            tell(child, "print('so far')\nimport ctypes\nctypes.string_at(0)")
        end = child.finish()
    assert end.output.startswith("so far\n")
    assert 'File "attack.py", line 3' in end.output


def test_sigkill_to_itself_is_refused_so_that_such_a_death_means_memory(sandbox: Sandbox) -> None:
    assert "PermissionError" in run(sandbox, "import os; os.kill(os.getpid(), 9)")
    assert "PermissionError" in run(sandbox, "import os; os.kill(os.getpid(), 19)")


def test_a_death_by_sigkill_from_elsewhere_is_the_memory_limit(sandbox: Sandbox) -> None:
    with sandbox.child(512, 10_000) as child:
        number = child._process._number
        assert number is not None
        threading.Timer(0.2, os.kill, (number, 9)).start()
        with pytest.raises(Lost) as caught:
            tell(child, "import time; time.sleep(9)")
    assert caught.value.verdict is Verdict.MEMORY_LIMIT_EXCEEDED


def test_time_is_counted_as_processor_time_so_that_a_busy_machine_fails_nobody(sandbox: Sandbox) -> None:
    assert run(sandbox, "import time; time.sleep(1); answer = 'done'", seconds=0.3) == "'done'"


def test_a_sleeper_meets_its_deadline(sandbox: Sandbox) -> None:
    with pytest.raises(Lost) as caught:
        run(sandbox, "import time; time.sleep(9999)", seconds=0.1)
    assert caught.value.verdict is Verdict.TIME_LIMIT_EXCEEDED


def test_a_trickle_of_bytes_does_not_move_the_deadline(sandbox: Sandbox) -> None:
    slow = """
        import time
        judge.sendall(wire.PREFIX.pack(wire.MAGIC, 1000, 0))
        for _ in range(1000):
            judge.sendall(b"x")
            time.sleep(0.05)
    """
    with pytest.raises(Lost) as caught:
        run(sandbox, slow, seconds=0.1)
    assert caught.value.verdict is Verdict.TIME_LIMIT_EXCEEDED


def test_a_child_that_does_not_read_meets_its_deadline_too(sandbox: Sandbox) -> None:
    with sandbox.child(512, 10_000) as child:
        tell(child, "send(wire.encode(wire.Loaded(request, wire.Raised(['answer'], ''))))\nwhile True: pass")
        with pytest.raises(Lost) as caught:
            child.ask(load("#" + "x" * (3 << 20), request=2), None, 0.3)
    assert caught.value.verdict is Verdict.TIME_LIMIT_EXCEEDED


def test_once_lost_it_stays_lost(sandbox: Sandbox) -> None:
    with sandbox.child(512, 10_000) as child:
        with pytest.raises(Lost) as first:
            tell(child, "import os; os._exit(4)")
        with pytest.raises(Lost) as second:
            tell(child, "answer = 1")
    assert first.value is second.value


def test_an_exit_tells_output_time_and_memory(sandbox: Sandbox) -> None:
    with sandbox.child(512, 300_000) as child:
        busy = "import sys, time\nprint('héllo')\nprint('err', file=sys.stderr)\n"
        tell(child, busy + "x = b'1' * (100 << 20)\nwhile time.process_time() < 0.3: pass")
        end = child.finish()
    assert end.output == "héllo\nerr\n"
    assert not end.output_truncated
    assert 0.2 < end.seconds < 2
    assert 90 < end.megabytes < 130
    assert child.finish() is end


def test_only_the_end_of_a_long_output_is_kept(sandbox: Sandbox) -> None:
    with sandbox.child(512, 1_000_000) as child:
        tell(child, "print('x' * 200_000); print('the end')")
        end = child.finish()
    assert end.output_truncated
    assert end.output.endswith("the end\n")
    assert len(end.output) <= 65536


def test_a_submission_may_close_its_output(sandbox: Sandbox) -> None:
    with sandbox.child(512, 10_000) as child:
        assert tell(child, "import os; os.close(1); os.close(2); answer = 1") == "1"
        assert tell(child, "answer = 2", request=2) == "2"
        child.finish()


def test_what_is_printed_between_requests_does_not_block_the_end(sandbox: Sandbox) -> None:
    chatter = """
        import os, threading
        def talk():
            while True:
                os.write(1, b"x" * 4096)
        threading.Thread(target=talk, daemon=True).start()
    """
    with sandbox.child(512, 1 << 30) as child:
        tell(child, chatter)
        assert child.finish().output.startswith("x")


def test_tensors_come_back_whole(sandbox: Sandbox) -> None:
    source = "import numpy; send(wire.encode(wire.Loaded(request), {'x': numpy.arange(4_000_000.0)}))"
    with sandbox.child(512, 10_000) as child:
        reply, arrays = child.ask(load(source), None, 10)
    assert reply == wire.Loaded(1)
    assert arrays["x"].sum() == 4_000_000 * 3_999_999 / 2


def test_two_children_run_at_once(sandbox: Sandbox) -> None:
    with sandbox.child(512, 10_000) as one, sandbox.child(512, 10_000) as other:
        assert (tell(one, "answer = 1"), tell(other, "answer = 2")) == ("1", "2")
        assert (tell(one, "answer = 3", request=2), tell(other, "answer = 4", request=2)) == ("3", "4")


def test_many_threads_each_get_their_own_answers(sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(lambda n: run(sandbox, f"answer = {n}"), range(24))
        assert list(answers) == [str(n) for n in range(24)]


def test_a_memory_limit_is_an_exception_inside_and_the_child_goes_on(sandbox: Sandbox) -> None:
    with sandbox.child(256, 10_000) as child:
        assert tell(child, "x = bytearray(300 << 20)").startswith("MemoryError")
        torch = tell(child, "import torch; x = torch.ones(100 << 20)", request=2)
        assert torch.startswith("RuntimeError")
        assert "DefaultCPUAllocator" in torch
        assert tell(child, "x = bytearray(200 << 20); answer = 'fits'", request=3) == "'fits'"


def test_limits_must_be_positive(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="-1 MB"):
        sandbox.child(megabytes=-1, output_bytes=10_000)


def test_two_hundred_children_leave_nothing_behind(sandbox: Sandbox) -> None:
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))

    def resident() -> int:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

    run(sandbox, "answer = 1")
    before = descriptors(), resident()
    for number in range(200):
        with sandbox.child(256, 10_000) as child:
            tell(child, f"answer = {number}")
            if number % 2:
                child.finish()
    assert descriptors() == before[0]
    assert resident() - before[1] < 4 << 20
    assert not sandbox._processes
