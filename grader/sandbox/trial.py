"""Trying something in a process of its own, which can then be thrown away."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable


def failure(action: Callable[[], object]) -> str:
    """Why an action fails when a forked process does it; "" where it works."""
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns where there are threads; the child asks the kernel, and takes no lock of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        try:
            action()
            os.write(writer, b"+")
        except OSError as error:
            os.write(writer, reason(error).encode()[:4096])
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(process, 0)
    return "" if answer == "+" else answer or "the process that tried it died"


def reason(error: OSError) -> str:
    """What the kernel said, and of which file."""
    words = error.strerror or str(error)
    return f"{words} ({error.filename})" if error.filename else words
