"""
Tries: search the memory that it was born with, page by page, for a canary that the zygote or another child left there.
Must: find none; the zygote never sees a solution, a submission or a result.
"""

import ctypes
import os
import re

WANTED = re.compile(rb"canary-[0-9a-f]{24}")
PAGE, REACH = 1 << 16, 24 << 20
libc = ctypes.CDLL(None)
reader, writer = os.pipe()
seen = set()
for near in (id(os), id(object()), id(bytearray(1 << 18)), ctypes.addressof(ctypes.create_string_buffer(1 << 19))):
    for address in range(near - REACH & -PAGE, near + REACH, PAGE):
        if address in seen or len(seen) > 2000:
            continue
        seen.add(address)
        # A pipe takes what can be read, and where nothing is, the kernel says so instead of a crash.
        got = libc.write(writer, ctypes.c_void_p(address), ctypes.c_size_t(PAGE))
        if got > 0 and (found := WANTED.search(os.read(reader, got))):
            gained(found[0])
if len(seen) < 500:
    gained("nothing, for it has not searched")
os.close(reader)
os.close(writer)
