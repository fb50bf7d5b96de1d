"""
Tries: copy memory out of the zygote, whose addresses it knows because it was forked from there, and out of others.
Must: fail; process_vm_readv is not an allowed call, and Landlock counts it as tracing.
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
here = ctypes.create_string_buffer(64)


class Piece(ctypes.Structure):
    _fields_ = [("address", ctypes.c_void_p), ("size", ctypes.c_size_t)]


mine = Piece(ctypes.addressof(here), 64)
for process in (os.getppid(), AIM.zygote, AIM.judge, AIM.victim):
    for address in (id(os), id(object), id(None)):
        theirs = Piece(address, 64)
        if libc.process_vm_readv(process, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0) > 0:
            gained(f"memory of {process}: {here.raw!r}")
