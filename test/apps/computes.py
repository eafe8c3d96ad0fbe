"""Spends the seconds of the query string: /computes on the processor, /sleeps waiting, /both half and half."""

import time


def application(environ, start_response):
    seconds = float(environ["QUERY_STRING"] or 0)
    path = environ["PATH_INFO"]
    computing = {"/computes": 1.0, "/both": 0.5}.get(path, 0.0)
    until = time.thread_time() + seconds * computing
    while time.thread_time() < until:
        sum(range(1000))
    time.sleep(seconds * (1.0 - computing))
    if path == "/raises":
        raise ValueError("after a while")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return iter([b"done"]) if path == "/yields" else [b"done"]
