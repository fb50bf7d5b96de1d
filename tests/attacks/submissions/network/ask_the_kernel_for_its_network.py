"""
Tries: ask the kernel by netlink for addresses, sockets, processes as they start, and messages of devices.
Must: fail; no netlink socket can be made.
Alone: seccomp
"""

import os
import socket
import struct
from contextlib import suppress

ROUTE, DIAGNOSIS, AUDIT, CONNECTOR, DEVICES = 0, 4, 9, 11, 15
LINKS, DUMP = 18, 0x301
for protocol in (ROUTE, DIAGNOSIS, AUDIT, CONNECTOR, DEVICES):
    with suppress(OSError), socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol) as link:
        gained(f"netlink {protocol}")
        link.bind((0, 1))
        link.settimeout(0.2)
        if protocol == ROUTE:
            link.send(struct.pack("=IHHII16x", 32, LINKS, DUMP, 1, os.getpid()))
            gained(f"network devices: {link.recv(65536)[:60]!r}")
