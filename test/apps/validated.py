"""Asks wsgiref.validate, an independent reading of PEP 3333, to watch both sides."""

from wsgiref.validate import validator


def inner(environ, start_response):
    body = environ["wsgi.input"]
    first = body.read(4)
    line = body.readline()
    rest = body.read(100_000)
    environ["wsgi.errors"].write("valid\n")
    environ["wsgi.errors"].flush()
    write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    if environ["PATH_INFO"] == "/write":
        write(b"written ")
    return [b"<%s>" % part for part in (first, line, rest)]


application = validator(inner)
