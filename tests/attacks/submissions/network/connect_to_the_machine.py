"""
Tries: connect to a service of the machine over TCP, by IPv4, by IPv6, and by sending with the first packet.
Must: fail; there are no sockets, Landlock forbids TCP, and the network namespace is empty.
"""

import socket
from contextlib import suppress

FAST_OPEN = 0x20000000
for family, address in (
    (socket.AF_INET, "127.0.0.1"),
    (socket.AF_INET6, "::ffff:127.0.0.1"),
    (socket.AF_INET, "0.0.0.0"),
):
    with suppress(OSError), socket.socket(family) as link:
        link.settimeout(0.5)
        link.connect((address, AIM.port))
        gained(f"a connection to {address}")
    with suppress(OSError), socket.socket(family) as link:
        link.settimeout(0.5)
        link.sendto(b"x", FAST_OPEN, (address, AIM.port))
        gained(f"a packet to {address}")
