"""
Tries: create a BPF map and load a BPF program, of which the kernel's verifier has been wrong more than once.
Must: fail; bpf is not an allowed call.
"""

import ctypes
import platform
import struct

BPF = {"x86_64": 321, "aarch64": 280}[platform.machine()]
CREATE_MAP, LOAD = 0, 5
libc = ctypes.CDLL(None, use_errno=True)
attributes = ctypes.create_string_buffer(struct.pack("=IIII", 2, 4, 8, 1), 128)  # an array of one value
if libc.syscall(ctypes.c_long(BPF), CREATE_MAP, attributes, 128) >= 0:
    gained("a map")
code = ctypes.create_string_buffer(struct.pack("=BBhiBBhi", 0xB7, 0, 0, 0, 0x95, 0, 0, 0))  # r0 = 0; exit
attributes = ctypes.create_string_buffer(
    struct.pack("=IIQQ", 1, 2, ctypes.addressof(code), ctypes.addressof(ctypes.create_string_buffer(b"GPL"))), 128
)
if libc.syscall(ctypes.c_long(BPF), LOAD, attributes, 128) >= 0:
    gained("a program")
