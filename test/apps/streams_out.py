"""Yields its body lazily, in the way that the path names."""

import tempfile
import time


def numbers(environ, start_response):
    start_response("200 OK", [])
    for number in range(3):
        yield b"%d " % number
        time.sleep(0.1)


def writes(environ, start_response):
    write = start_response("200 OK", [])
    write(b"written ")
    write(b"")
    time.sleep(0.1)
    write(b"again ")
    return [b"returned"]


def writes_text(environ, start_response):
    start_response("200 OK", [])("text")
    return []


def big(environ, start_response):
    """One block, far above the credit."""
    start_response("200 OK", [])
    return [b"x" * int(environ["QUERY_STRING"])]


def ticks(environ, start_response):
    """A stream of events, far below the credit."""
    start_response("200 OK", [])
    try:
        for number in range(1000):
            yield b"tick %d\n" % number
            time.sleep(0.02)
    finally:
        environ["wsgi.errors"].write("no more ticks\n")


class Endless:
    def __init__(self, environ):
        self._environ = environ

    def __iter__(self):
        return self

    def __next__(self):
        return b"y" * 10_000

    def close(self):
        self._environ["wsgi.errors"].write("closed\n")


def endless(environ, start_response):
    start_response("200 OK", [])
    return Endless(environ)


def endless_writes(environ, start_response):
    write = start_response("200 OK", [])
    try:
        while True:
            write(b"z" * 10_000)
    except OSError as error:
        environ["wsgi.errors"].write("%s: %s\n" % (type(error).__name__, error))
        raise


def a_file(environ, start_response):
    file = tempfile.TemporaryFile()
    file.write(b"file " * 30_000)
    file.seek(0)
    start_response("200 OK", [])
    return environ["wsgi.file_wrapper"](file, 8192)


def with_length(environ, start_response):
    """As frameworks do it: lazy, and of a known length."""
    start_response("200 OK", [("Content-Length", "5")])
    yield b"12345"
    time.sleep(float(environ["QUERY_STRING"] or 0))


def application(environ, start_response):
    return globals()[environ["PATH_INFO"].strip("/")](environ, start_response)
