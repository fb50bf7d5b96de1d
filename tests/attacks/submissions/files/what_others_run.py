"""
Tries: read command lines, memory maps and open files of other processes, and the machine's own tables, from /proc.
Must: fail; nothing in /proc can be opened, not even of oneself.
Alone: landlock
"""

import os
from contextlib import suppress
from pathlib import Path

for process in (AIM.judge, AIM.zygote, AIM.victim, os.getppid(), 1):
    for name in ("cmdline", "maps", "status", "mountinfo", "io"):
        with suppress(OSError):
            if text := Path(f"/proc/{process}/{name}").read_text():
                gained(f"{name} of {process}: {text[:40]!r}")
    for name in ("exe", "cwd", "fd/3"):
        with suppress(OSError):
            gained(f"{name} of {process}: {os.readlink(f'/proc/{process}/{name}')}")
for name in ("self/maps", "self/mountinfo", "self/cgroup", "mounts", "net/tcp", "cmdline", "sys/kernel/hostname"):
    with suppress(OSError):
        gained(f"/proc/{name}: {Path(f'/proc/{name}').read_text()[:40]!r}")
