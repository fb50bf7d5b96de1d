"""
Tries: end the process with status 0 while the file is loaded, past every handler.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

import os

os._exit(0)
