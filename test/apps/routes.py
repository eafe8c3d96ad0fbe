"""One page for each thing that a server must cope with."""

import hashlib
import io
import os
import signal
import sys
import time
from urllib.parse import parse_qs

PLAIN = [("Content-Type", "text/plain")]


def hello(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "13")])
    return [b"Hello, world\n"]


def slow(environ, start_response):
    time.sleep(seconds(environ))
    start_response("200 OK", PLAIN)
    return [b"slow"]


def digest(environ, start_response):
    """Reads the body in pieces and tells its length and SHA-256."""
    total, sha = 0, hashlib.sha256()
    while True:
        block = environ["wsgi.input"].read(65536)
        if not block:
            break
        total += len(block)
        sha.update(block)
    start_response("200 OK", PLAIN)
    return [("%d %s" % (total, sha.hexdigest())).encode()]


def ignore_body(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"not read"]


def answer_first(environ, start_response):
    """Begins its response before it reads the body."""
    start_response("200 OK", PLAIN)
    yield b"first "
    yield environ["wsgi.input"].read(-1)


def stream(environ, start_response):
    start_response("200 OK", PLAIN)
    for number in range(5):
        yield b"%d\n" % number
        time.sleep(0.05)


def download(environ, start_response):
    """As many bytes as the query says, in blocks of 64 KiB."""
    size = int(environ["QUERY_STRING"])
    start_response("200 OK", PLAIN + [("Content-Length", str(size))])
    block = b"x" * 65536
    while size > 0:
        yield block[:size]
        size -= len(block)


def file(environ, start_response):
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](io.BytesIO(b"of a file " * 30_000), 8192)


def writes(environ, start_response):
    write = start_response("200 OK", PLAIN)
    write(b"written, ")
    return [b"returned"]


def no_content(environ, start_response):
    start_response("204 No Content", [])
    return []


def not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"1"')])
    return []


def lines(environ, start_response):
    """Reads the body in every way that there is."""
    body = environ["wsgi.input"]
    parts = [body.read(3), body.readline(), body.readline(2), *body.readlines(1), next(iter(body), b""), body.read(-1)]
    start_response("200 OK", PLAIN)
    return [b"|".join(parts)]


def block(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"x" * 200_000]


def endless(environ, start_response):
    start_response("200 OK", PLAIN)
    try:
        while True:
            yield b"x" * 65536
    finally:
        print("endless was closed")


def fail(environ, start_response):
    raise ValueError("the page <fails>")


def fail_late(environ, start_response):
    start_response("200 OK", PLAIN)
    yield b"first"
    raise ValueError("too late")


def leave(environ, start_response):
    print("leaving", file=sys.stderr)
    sys.stderr.flush()
    os._exit(7)


def segfault(environ, start_response):
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(60)  # it may be another thread that takes the signal, a moment later
    return []


def prints(environ, start_response):
    print("to stdout")
    print("to stderr", file=sys.stderr)
    environ["wsgi.errors"].write("to wsgi.errors\n")
    start_response("200 OK", PLAIN)
    return [b"printed"]


def too_short(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "100")])
    return [b"short"]


def bad_status(environ, start_response):
    start_response("101 Switching Protocols", [])
    return []


def huge_head(environ, start_response):
    start_response("200 OK", [("X-Huge", "x" * 20_000_000)])
    return [b"never"]


def variables(environ, start_response):
    start_response("200 OK", PLAIN)
    return [repr({name: environ[name] for name in environ if isinstance(environ[name], str)}).encode("latin-1")]


def seconds(environ):
    return float(parse_qs(environ["QUERY_STRING"])["seconds"][0])


def application(environ, start_response):
    page = environ["PATH_INFO"].split("/")[1]
    return globals()[page](environ, start_response)
