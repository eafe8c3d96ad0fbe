"""Sends a request a given number of times over one connection, each when the one before is answered, and prints how long
each took in ms, as a JSON list. Answers have a Content-Length and the status 200.

    python oneByOne.py 127.0.0.1 8888 / 1000

Python, as its times do not change while a compiler is at work. Every request counts once: wrk makes up those that it
would have sent during a long one, so its percentiles tell of shares of time, not of requests.
"""

import json
import re
import socket
import sys
import time

host, port, path, count = sys.argv[1:]
request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
connection = socket.create_connection((host, int(port)), timeout=10)
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def exchange() -> None:
    connection.sendall(request)
    received = b""
    while True:
        more = connection.recv(65536)
        received += more
        head, end, body = received.partition(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        if end and length and len(body) == int(length[1]):
            break
        if not more:
            sys.exit(f"The server closed after {received!r}.")
    if not re.match(rb"HTTP/1\.1 200 ", head):
        sys.exit(f"A request was answered {head!r}.")


for _ in range(int(count)):
    exchange()
times = []
for _ in range(int(count)):
    start = time.perf_counter()
    exchange()
    times.append((time.perf_counter() - start) * 1000)
json.dump(times, sys.stdout)
