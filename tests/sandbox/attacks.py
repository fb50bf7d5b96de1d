"""What hostile and what ordinary submissions do."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from .running import REPOSITORY

PACKAGE = str(REPOSITORY / "grader" / "__init__.py")
SYSV = {"x86_64": 29, "aarch64": 194}.get(platform.machine(), 0)  # shmget

# attack: the layer, the source (which leaves 'done'), what is raised instead.
ATTACKS = {
    "start a process": (
        "seccomp",
        "import os\nif os.fork() == 0: os._exit(0)\nos.wait(); answer = 'done'",
        "PermissionError",
    ),
    "open a socket": ("seccomp", "import socket; socket.socket(); answer = 'done'", "PermissionError"),
    "open a netlink socket": (
        "seccomp",
        "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); answer = 'done'",
        "PermissionError",
    ),
    "open a pair of datagram sockets": (
        "seccomp",
        "import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); answer = 'done'",
        "PermissionError",
    ),
    "use SysV memory": (
        "seccomp",
        f"import ctypes; assert ctypes.CDLL(None).syscall({SYSV}, 0, 4096, 0o1600) >= 0; answer = 'done'",
        "AssertionError",
    ),
    "lock a file that siblings see": (
        "seccomp",
        "import fcntl, json; fcntl.lockf(open(json.__file__), fcntl.LOCK_SH); answer = 'done'",
        "PermissionError",
    ),
    "direct a signal by a descriptor": (
        "seccomp",
        "import fcntl, os; fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, os.getpid()); answer = 'done'",
        "PermissionError",
    ),
    "keep memory out of the address space": (
        "seccomp",
        "import os; os.memfd_create('x'); answer = 'done'",
        "PermissionError",
    ),
    "outlive the judge": (
        "seccomp",
        "import ctypes; assert ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0; answer = 'done'",
        "AssertionError",
    ),
    "read /etc/passwd": ("landlock", "open('/etc/passwd').read(); answer = 'done'", "PermissionError"),
    "read its own /proc": ("landlock", "open('/proc/self/maps').read(); answer = 'done'", "PermissionError"),
    "list the root folder": ("landlock", "import os; os.listdir('/'); answer = 'done'", "PermissionError"),
    "write a device": ("landlock", "open('/dev/zero', 'wb').write(b'0'); answer = 'done'", "PermissionError"),
    "see that a hidden file exists": ("mounts", "import os; os.stat(SECRET); answer = 'done'", "Error"),
    "learn how the machine numbers its processes": (
        "namespaces",
        "import os; assert os.getppid() > 1; answer = 'done'",
        "AssertionError",
    ),
    "hold a capability": (
        "capabilities",
        "import ctypes; header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()\n"
        "assert ctypes.CDLL(None).capget(header, sets) == 0\n"
        "assert sets[0]; answer = 'done'",
        "AssertionError",
    ),
    "take all the memory": ("rlimits", "x = bytearray(700 << 20); answer = 'done'", "MemoryError"),
    "write a large file": (
        "rlimits",
        "import os; os.truncate(open('x', 'wb').name, 100 << 20); answer = 'done'",
        "OSError",
    ),
    "open many files": ("rlimits", "import os; [os.dup(1) for _ in range(500)]; answer = 'done'", "OSError"),
}

# Stopped by several layers, or by the only one that could.
REFUSED = {
    "run a program": "import subprocess; subprocess.run(['/bin/true'])",
    "connect": "import socket; s = socket.socket(); s.connect(('127.0.0.1', 80))",
    "signal another process": "import os; os.kill(1, 0)",
    "signal all": "import os; os.kill(-1, 15)",
    "signal the judge": f"import os; os.kill({os.getpid()}, 0)",
    "trace": "import ctypes; assert ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0",
    "read another's memory": f"open('/proc/{os.getpid()}/mem', 'rb')",
    "read the tests": f"open({str(Path(__file__))!r}).read()",
    "read a solution": f"open({str(REPOSITORY / 'solutions')!r} + '/README.md').read()",
    # Below /tmp a child has an empty folder of that name in its own tmpfs: what counts is what it would see.
    "list the repository": f"import os; assert 'solutions' in os.listdir({str(REPOSITORY)!r})",
    "read a secret": "open(SECRET).read()",
    "write the package": f"open({PACKAGE!r}, 'a')",
    "change the package's mode": f"import os; os.chmod({PACKAGE!r}, 0o777)",
    "new namespaces": "import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0",
    "mount": "import ctypes; assert ctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0",
    "raise a limit": "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (9999, 9999))",
    "become root": "import os; os.setuid(0)",
    "change its affinity's neighbour": "import os; os.sched_setaffinity(1, {0})",
    "make a device": "import os; os.mknod('null', 0o20666, os.makedev(1, 3))",
}

# What must go on working.
ORDINARY = {
    "threads": "import threading; t = threading.Thread(target=print); t.start(); t.join()",
    "a gradient": "import torch; x = torch.ones(3, requires_grad=True); x.exp().sum().backward()",
    "an optimiser": "import torch; p = torch.nn.Linear(2, 2); torch.optim.Adam(p.parameters()).step()",
    "data loading": (
        "import torch.utils.data as d, torch\n"
        "assert len(list(d.DataLoader(d.TensorDataset(torch.ones(5)), batch_size=2))) == 3"
    ),
    "temporary files": "import tempfile; f = tempfile.NamedTemporaryFile(); f.write(b'x'); f.flush()",
    "saving and loading": "import torch; torch.save(torch.ones(2), 'x'); assert torch.load('x').sum() == 2",
    "folders and renames": "import os; os.makedirs('a/b'); open('a/b/c', 'w'); os.rename('a/b/c', 'd')",
    "a file in /tmp": "open('/tmp/x', 'w').write('x')",
    "an import that nobody made before": "import wave, sqlite3, torch.nn.utils.parametrizations",
    "a local time zone": "import zoneinfo; zoneinfo.ZoneInfo('UTC')",
    "reading into buffers": (
        "import json, os\nwith open(json.__file__, 'rb') as f: assert os.preadv(f.fileno(), [bytearray(9)], 0) == 9"
    ),
    "changing the mode of its own file": "import os; open('x', 'w'); os.chmod('x', 0o600); os.utime('x')",
    "an event loop": "import asyncio; asyncio.run(asyncio.sleep(0))",
    "a user's name": "import getpass, os; assert getpass.getuser(); assert os.path.expanduser('~')",
    "randomness": "import os, random, secrets; os.urandom(3); random.random(); secrets.token_hex()",
    "a large matrix product": "import torch; x = torch.ones(400, 400); assert (x @ x)[0, 0] == 400",
    "an exception with its source": (
        "import traceback, json\ntry: json.loads('{')\nexcept ValueError: traceback.format_exc()"
    ),
}
