"""
Tries: have files of the machine read and shown: passwords, the grader's environment and memory, endless devices.
Must: none is followed; each is named in the report.
Says: is a symbolic link, which is not followed
"""

from pathlib import Path

from . import QUESTION

TARGETS = (
    *("/etc/passwd", "/etc/shadow", "/proc/self/environ", "/proc/self/mem", "/proc/self/cmdline", "/proc/self/fd/0"),
    *("/dev/zero", "/dev/random", "/dev/stdin", "/dev/tty", "/sys/kernel/notes", "~/.ssh/id_ed25519"),
)


def build(folder: Path) -> None:
    for number, target in enumerate(TARGETS):
        place = folder / f"mallory-{number}"
        place.mkdir()
        (place / f"{QUESTION}.py").symlink_to(target)
