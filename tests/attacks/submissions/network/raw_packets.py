"""
Tries: write and hear raw packets: ICMP, any protocol of IP, and the wire itself.
Must: fail; no socket can be made, and there is no capability for a raw one.
"""

import socket
from contextlib import suppress

raw = [
    (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW),
    (socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6),
    (socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)),
    (socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3)),
]
for family, kind, protocol in raw:
    with suppress(OSError):
        socket.socket(family, kind, protocol).close()
        gained(f"a raw socket of family {family}")
