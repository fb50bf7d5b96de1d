"""
Tries: what only an administrator may: restart, swap, load modules and kernels, name the host, read the kernel's log.
Must: fail with "not permitted"; arguments are such that nothing would happen even to one who may.
"""

import ctypes
import errno
import platform
import socket

x86 = platform.machine() == "x86_64"
libc = ctypes.CDLL(None, use_errno=True)
calls = {
    "restart": (169 if x86 else 142, 0, 0, 0, None),  # wrong magic numbers
    "swap": (167 if x86 else 224, b"/nowhere", 0),
    "no swap": (168 if x86 else 225, b"/nowhere"),
    "another kernel": (246 if x86 else 104, 0, 17, None, 0),  # more segments than there can be
    "a module": (175 if x86 else 105, None, 0, b""),
    "the kernel's log": (103 if x86 else 116, 10, None, 0),
    "the clock": (164 if x86 else 170, None, None),  # to nothing
}
if x86:
    calls |= {"ports": (173, 0x80, 1, 1), "all ports": (172, 3)}
for name, (number, *arguments) in calls.items():
    ctypes.set_errno(0)
    done = libc.syscall(ctypes.c_long(number), *arguments) >= 0
    # The kernel looks at arguments only when it has let somebody in.
    if done or ctypes.get_errno() in (errno.EINVAL, errno.EFAULT, errno.ENOENT, errno.ENOEXEC, errno.ENODEV):
        gained(f"{name}: {errno.errorcode.get(ctypes.get_errno(), 'done')}")
name = socket.gethostname().encode()
if libc.sethostname(name, ctypes.c_size_t(len(name))) == 0:
    gained("the host's name")
