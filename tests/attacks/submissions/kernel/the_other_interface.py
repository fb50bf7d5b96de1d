"""
Tries: fork through the 32-bit interface (int 0x80), whose numbers mean other calls than the filter thinks.
Must: be killed; the filter ends whoever makes a call of a foreign architecture.
Right: runtime_error
Wrong: runtime_error
"""

import ctypes
import mmap
import platform

if platform.machine() != "x86_64":
    raise SystemExit("there is no such interface here")
code = bytes.fromhex(
    "53"  # push rbx
    "b802000000cd80"  # eax = fork; int 0x80
    "85c07509"  # a child?
    "b80100000031dbcd80"  # then exit(0)
    "5bc3"  # pop rbx; ret
)
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(code)
fork = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
made = fork()
if made > 0:
    gained(f"process {made}")
