"""
Tries: send a datagram over UDP, which asks nobody for a connection, by IPv4 and by IPv6.
Must: fail; there are no sockets, and the network namespace leads nowhere.
"""

import socket
from contextlib import suppress

places = [
    (socket.AF_INET, ("127.0.0.1", AIM.port)),
    (socket.AF_INET6, ("::1", AIM.port)),
]
for kind in (socket.IPPROTO_UDP, 136):  # and UDP-Lite
    for family, address in places:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM, kind) as link:
            link.sendto(b"x", address)
            gained(f"a datagram to {address}")
