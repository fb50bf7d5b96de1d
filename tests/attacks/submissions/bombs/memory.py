"""
Tries: allocate and touch 320 MB, with a limit of 256.
Must: be refused.
Right: memory_limit_exceeded
Wrong: memory_limit_exceeded
Alone: rlimits
"""

held = bytearray(320 << 20)
for at in range(0, len(held), 4096):
    held[at] = 1
gained(f"{len(held) >> 20} MB")
