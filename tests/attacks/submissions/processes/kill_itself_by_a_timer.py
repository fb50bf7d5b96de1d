"""
Tries: have a timer of the kernel send it SIGKILL, so that its death looks like the judge's doing; and make a great many.
Must: fail; such timers can't be made.
Alone: seccomp
"""

import ctypes
import platform

CREATE, DELETE = {"x86_64": (222, 226), "aarch64": (107, 111)}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)


class Event(ctypes.Structure):
    _fields_ = (("value", ctypes.c_uint64), ("signal", ctypes.c_int), ("way", ctypes.c_int), ("rest", ctypes.c_byte * 48))


made, number = [], ctypes.c_int()
while len(made) < 1000:
    event = Event(0, 9, 0)
    if libc.syscall(ctypes.c_long(CREATE), 1, ctypes.byref(event), ctypes.byref(number)) != 0:
        break
    made.append(number.value)
if made:
    gained(f"{len(made)} timers that can kill")
for timer in made:
    libc.syscall(ctypes.c_long(DELETE), timer)
