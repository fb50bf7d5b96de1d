"""
Tries: turn warnings into errors and leave it so, in the hope that the checks stumble.
Must: change nothing.
"""

import warnings

warnings.simplefilter("error")
