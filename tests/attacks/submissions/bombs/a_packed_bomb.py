"""
Tries: unpack 320 MB from less than a kilobyte.
Must: be refused for its memory.
Right: memory_limit_exceeded
Wrong: memory_limit_exceeded
Alone: rlimits
"""

import base64
import zlib

inner = zlib.compressobj(9)
packed = b"".join([inner.compress(bytes(1 << 20)) for _ in range(64)] + [inner.flush()])
packed = base64.b85decode(base64.b85encode(zlib.compress(packed)))
once = zlib.decompress(packed)
held = [zlib.decompress(once) for _ in range(5)]
gained(f"{sum(map(len, held)) >> 20} MB")
