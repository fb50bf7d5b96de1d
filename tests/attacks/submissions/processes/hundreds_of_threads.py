"""
Tries: start 400 threads with small stacks and keep them all, so that its siblings can start none.
Must: fail at 64; each child has a count of its own.
Alone: rlimits
"""

import threading
from contextlib import suppress

threading.stack_size(1 << 16)
end = threading.Event()
threads = []
with suppress(RuntimeError, MemoryError):
    for _ in range(400):
        thread = threading.Thread(target=end.wait, daemon=True)
        thread.start()
        threads.append(thread)
if len(threads) == 400:
    gained("400 threads at once")
end.set()
for thread in threads:
    thread.join()
threading.stack_size(0)
