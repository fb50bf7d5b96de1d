"""
Tries: reach the host of a virtual machine by VSOCK, and the kernel's ciphers by AF_ALG.
Must: fail; no socket of these families can be made.
"""

import socket
from contextlib import suppress

with suppress(OSError), socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as link:
    link.bind((socket.VMADDR_CID_ANY, socket.VMADDR_PORT_ANY))
    gained(f"a port towards the host: {link.getsockname()}")
with suppress(OSError), socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET) as cipher:
    cipher.bind(("hash", "sha256"))
    gained("the kernel's sha256")
