"""
Tries: leave the work to threads, so that the thread that is asked uses no time.
Must: be ended by the time limit; it counts the process.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""

import threading


def work():
    while True:
        pass


def before(x, w):
    threads = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    threads[0].join()
