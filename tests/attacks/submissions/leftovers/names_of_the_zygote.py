"""
Tries: find in modules of the grader what an earlier submission was: its source, its module, its lines, its tensors.
Must: find only itself; the zygote has never loaded a submission.
"""

import gc
import linecache
import sys

mark = "grader-attack-mark"
others = [name for name, entry in linecache.cache.items() if name != __file__ and "row_weights" in str(entry)]
if others:
    gained(f"lines of {others}")
if getattr(sys.modules.get("grader.worker.serve"), "attack_was_here", False):
    gained("the worker of the one before")
sys.modules["grader.worker.serve"].attack_was_here = True
requests = [thing for thing in gc.get_objects() if type(thing).__name__ in ("Examine", "Session", "Result", "Plan")]
if any(getattr(thing, "source", "") and mark not in thing.source for thing in requests):
    gained("the source of another")
if any(type(thing).__name__ in ("Session", "Result", "Plan") for thing in requests):
    gained("what belongs to the judge")
