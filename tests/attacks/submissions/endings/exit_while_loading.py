"""
Tries: leave with status 0 while the file is loaded, as a script that has passed.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

import sys

sys.exit(0)
