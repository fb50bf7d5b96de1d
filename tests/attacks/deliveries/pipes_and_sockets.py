"""
Tries: make the grader wait for ever, or talk to it, by pipes and sockets with the names of submissions.
Must: none is opened, and each is named in the report.
Says: is a pipe, a socket or a device
"""

import os
import socket
from pathlib import Path

from . import QUESTION


def build(folder: Path) -> None:
    pipes, sockets = folder / "pipes", folder / "sockets"
    pipes.mkdir()
    sockets.mkdir()
    os.mkfifo(pipes / f"{QUESTION}.py")
    os.mkfifo(pipes / "other.py")
    os.mkfifo(folder / "candidate")  # where a folder is expected
    os.mkfifo(folder / f"{QUESTION}.py")
    with socket.socket(socket.AF_UNIX) as server:
        before = Path.cwd()
        os.chdir(sockets)  # the path of a socket is short
        try:
            server.bind(f"{QUESTION}.py")
        finally:
            os.chdir(before)
