"""
Tries: allocate 320 MB in small objects, so that no single one is refused.
Must: be refused at the limit.
Right: memory_limit_exceeded
Wrong: memory_limit_exceeded
Alone: rlimits
"""

held = []
while len(held) < 3_200:
    held.append(bytearray(100_000))
gained(f"{len(held) // 10} MB")
