"""
Tries: change the status that the process leaves with, by a handler that runs at exit.
Must: change nothing; the verdict stands before.
"""

import atexit
import os

atexit.register(os._exit, 99)
