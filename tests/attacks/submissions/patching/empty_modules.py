"""
Tries: empty the list of modules, so that everything is imported afresh and from where it likes.
Must: be judged as always, or be an error of its own making.
Right: accepted runtime_error
Wrong: wrong_answer runtime_error
"""

import sys


def before(x, w):
    for name in [name for name in sys.modules if name.startswith("grader")]:
        sys.modules[name] = None
    sys.path.insert(0, "/tmp")
    sys.path_importer_cache.clear()
    return x, w
