"""Tells the server when the app, inside a call, is about to open a connection to that very server, and from which port.

Then the server knows for whom that connection's requests wait. An audit hook (PEP 578) hears of each `connect()` that
goes through Python's own socket module, before it happens; it hears of much else, and must let that pass quickly. The
port is chosen here, a moment before `connect()` would have had the system choose one.
"""

from __future__ import annotations

import sys
from _thread import get_ident
from time import perf_counter

from . import frames

_loopback = ("localhost", "::1", "::ffff:127.0.0.1")


def watch(streams, output) -> None:
    calls = streams.calls  # thread to the call that it runs

    def hear(event: str, arguments: tuple) -> None:
        if event == "socket.connect":
            call = calls.get(get_ident())
            # A child that the app has forked has no say here.
            if call is not None and output.is_open and _is_own(call, arguments[1]):
                port = _port_of(arguments[0])
                if port:
                    output.add(frames.connects(call.number, port), perf_counter() * 1000.0)
                    # At once: what the thread does next may take until somebody answers.
                    output.flush()

    sys.addaudithook(hear)


def _is_own(call, address: object) -> bool:
    """Whether the address is where the server that made this call listens. Must not raise: the app would see it."""
    if type(address) is not tuple or len(address) < 2 or type(address[0]) is not str:
        return False
    host, port = address[:2]
    own = dict(call.variables())
    if str(port) != own.get("SERVER_PORT"):
        return False
    return host == own.get("SERVER_NAME") or host in _loopback or host.startswith("127.")


def _port_of(client) -> int:
    """The port that the socket connects from; 0 where it cannot be told."""
    try:
        if client.getsockname()[1] == 0:
            client.bind(("", 0))
        return client.getsockname()[1]
    except OSError:  # no port is left: `connect()` may say so itself
        return 0
