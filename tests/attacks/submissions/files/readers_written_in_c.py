"""
Tries: read another submission with libraries that open files by themselves, past anything that Python's open does.
Must: fail; the kernel decides, whoever asks.
Alone: landlock
"""

import ctypes
import sqlite3
import zipimport
from contextlib import suppress
from importlib.machinery import SourceFileLoader

import numpy
import torch

libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
buffer = ctypes.create_string_buffer(64)
ways = [
    lambda: numpy.memmap(AIM.other, mode="r").tobytes(),
    lambda: numpy.fromfile(AIM.other, dtype=numpy.uint8).tobytes(),
    lambda: bytes(torch.from_file(AIM.other, size=8, dtype=torch.uint8).tolist()),
    lambda: torch.UntypedStorage.from_file(AIM.other, False, 8).tolist(),
    lambda: sqlite3.connect(f"file:{AIM.other}?mode=ro&immutable=1", uri=True).execute("PRAGMA schema_version"),
    lambda: zipimport.zipimporter(AIM.other),
    lambda: SourceFileLoader("stolen", AIM.other).get_data(AIM.other),
    lambda: (file := libc.fopen(AIM.other.encode(), b"r")) and libc.fgets(buffer, 64, ctypes.c_void_p(file)) and buffer,
]
for way in ways:
    with suppress(OSError, ImportError, RuntimeError, ValueError, sqlite3.Error):
        if read := way():
            gained(f"{read!r}")
