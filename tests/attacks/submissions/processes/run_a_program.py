"""
Tries: run a program: by vfork, by a shell, by the loader, as a nameless file, and in place of itself.
Must: fail; there is no fork and no exec, and Landlock grants execution of nothing.
"""

import os
import subprocess
import sys
from contextlib import suppress

with suppress(OSError, subprocess.SubprocessError):
    subprocess.run(["/bin/true"], check=True)
    gained("vfork and exec")
with suppress(OSError):
    if os.system("true") == 0:
        gained("a shell")
with suppress(OSError):
    os.posix_spawn("/bin/true", ["true"], {})
    gained("posix_spawn")
for name in ("/bin/echo", "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", sys.executable):
    with suppress(OSError):
        script = ["echo", "\nGAINED: another program"]
        if name == sys.executable:
            script = ["python", "-c", "print('\\nGAINED: another program')"]
        elif "ld-linux" in name:
            script[1:1] = ["/bin/echo"]
        os.execv(name, script)
with suppress(OSError):
    os.execve(os.open("/bin/echo", os.O_PATH), ["echo", "\nGAINED: a program by descriptor"], {})
