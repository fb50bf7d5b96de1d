"""
Tries: start 400 threads that wait.
Must: be refused above 64.
Alone: rlimits
"""

import threading

stop = threading.Event()
threading.stack_size(65536)
threads = [threading.Thread(target=stop.wait) for _ in range(400)]
started = []
try:
    for thread in threads:
        thread.start()
        started.append(thread)
    gained(f"{len(started)} threads")
except (RuntimeError, MemoryError):
    pass
finally:
    stop.set()
    for thread in started:
        thread.join()
