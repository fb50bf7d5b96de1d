"""
Tries: execute a program that it has written itself, in each folder where it may write.
Must: fail; its file systems execute nothing, Landlock neither, and there is no call for it.
"""

import os
import platform
import shutil
from contextlib import suppress

loader = {"x86_64": "/lib64/ld-linux-x86-64.so.2", "aarch64": "/lib/ld-linux-aarch64.so.1"}[platform.machine()]
for folder in (os.getcwd(), os.environ["TMPDIR"], AIM.open):
    with suppress(OSError):
        program = f"{folder}/program"
        shutil.copyfile(loader, program)
        with suppress(OSError):
            os.chmod(program, 0o755)
        if os.access(program, os.X_OK):
            gained(f"{program} may be executed")
        with suppress(OSError):
            os.waitpid(os.posix_spawn(program, ["program", "--version"], {}), 0)
            gained(f"{program} was executed")
        os.unlink(program)
