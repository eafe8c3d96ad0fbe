"""The smallest honest app: 13 bytes. `/slow` takes 50 ms, as a query to a database does."""

import time

HEADERS = [("Content-Type", "text/plain"), ("Content-Length", "13")]


def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(0.05)
    start_response("200 OK", HEADERS[:])
    return [b"Hello, world!"]
