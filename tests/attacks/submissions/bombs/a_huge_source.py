"""
Tries: compile a source of many megabytes while it is loaded.
Must: be refused for its memory, or be judged as always.
Right: accepted memory_limit_exceeded runtime_error
Wrong: wrong_answer memory_limit_exceeded runtime_error
"""

source = "x = [" + "1, " * 1_000_000 + "]"
try:
    compile(source, "huge", "exec")
except MemoryError:
    pass
