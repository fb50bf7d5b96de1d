"""
Tries: open the terminal, disks, memory and kernel log as devices, and make a device of its own.
Must: fail; of /dev there are null, zero and the random ones, and a node can't be made.
"""

import os
import stat
from contextlib import suppress

for name in ("tty", "console", "ptmx", "mem", "kmsg", "vda", "sda", "nvme0n1", "fuse", "kvm", "full", "net/tun"):
    with suppress(OSError):
        os.close(os.open(f"/dev/{name}", os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY))
        gained(f"/dev/{name}")
with suppress(OSError):
    os.mknod("zero", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    gained("a device was made")
