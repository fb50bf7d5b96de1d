"""
Tries: leave a message in the kernel's keyring of the user, where the next submission of the same user finds it.
Must: fail; no call for keys is allowed.
Alone: seccomp
"""

import ctypes
import platform

ADD, CONTROL = {"x86_64": (248, 250), "aarch64": (217, 219)}[platform.machine()]
SEARCH, READ, UNLINK, USERS = 10, 11, 9, -4
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
message = ctypes.create_string_buffer(64)
found = libc.syscall(ctypes.c_long(CONTROL), SEARCH, USERS, b"user", b"grader-attack", 0)
if found > 0:
    libc.syscall(ctypes.c_long(CONTROL), READ, found, message, 64)
    gained(f"a message from the one before: {message.value!r}")
    libc.syscall(ctypes.c_long(CONTROL), UNLINK, found, USERS)
elif libc.syscall(ctypes.c_long(ADD), b"user", b"grader-attack", b"the answer", ctypes.c_size_t(10), USERS) > 0:
    gained("a key")
