"""Calls its own server from inside a call, the way it was called: /outer asks for /inner, /deep for /outer."""

import socket
import time

asks = {"/outer": "/inner", "/deep": "/outer"}


def application(environ, start_response):
    path = environ["PATH_INFO"]
    body = path.encode()
    if path in asks:
        # Others may begin in the meantime.
        time.sleep(float(environ["QUERY_STRING"] or 0))
        body = ask(environ, asks[path])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [body]


def ask(environ, path):
    address = environ["SERVER_NAME"], int(environ["SERVER_PORT"])
    try:
        with socket.create_connection(address, timeout=20) as client:
            client.sendall(b"GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % path.encode())
            return b"".join(iter(lambda: client.recv(65536), b""))
    except OSError as error:
        return b"failed: %s" % type(error).__name__.encode()
