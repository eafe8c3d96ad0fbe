"""Answers with the token that each request carries, so that a crossed answer shows."""

import time
import zlib


def application(environ, start_response):
    page = environ["PATH_INFO"]
    token = environ["QUERY_STRING"].encode("latin-1")
    if page == "/slow":
        time.sleep(0.02)
    if page == "/upload":
        size, crc = 0, 0
        for piece in iter(lambda: environ["wsgi.input"].read(65536), b""):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
        answer = b"%s %d %d" % (token, size, crc)
    elif page == "/download":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return download(token)
    else:
        answer = token
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer)))])
    return [answer]


def download(token):
    """The token 65,536 times, in sixteen blocks."""
    for _ in range(16):
        yield token * 4096
