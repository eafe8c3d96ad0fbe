"""Reads its body in the way that the path names."""

import hashlib
import io
import time


def reads(environ):
    body = environ["wsgi.input"]
    how = environ["PATH_INFO"].strip("/")
    if how == "all":
        return body.read()
    if how == "none":
        return b"not read"
    if how == "exactly":
        first = body.read(5)
        return first + b"|" + body.read(3) + b"|" + body.read(0) + b"|" + body.read() + b"|" + body.read(1)
    if how == "lines":
        return b"|".join(body)
    if how == "readlines":
        return b"|".join(body.readlines(4)) + b"||" + b"|".join(body.readlines())
    if how == "readline":
        return b"|".join([body.readline(2), body.readline(), body.readline(100), body.readline(), body.readline()])
    if how == "wrapped":
        return io.TextIOWrapper(io.BufferedReader(body), "utf-8").read().upper().encode()
    if how == "pieces":
        return b"|".join(iter(lambda: body.read1(100), b""))
    if how == "digest":
        digest = hashlib.sha256()
        for piece in iter(lambda: body.read(50_000), b""):
            digest.update(piece)
        return digest.hexdigest().encode()
    if how == "slowly":
        size = 0
        for piece in iter(lambda: body.read(32_768), b""):
            size += len(piece)
            time.sleep(0.01)
        return str(size).encode()
    if how == "gone":
        try:
            return body.read()
        except OSError as error:
            environ["wsgi.errors"].write("%s: %s\n" % (type(error).__name__, error))
            raise
    raise LookupError(how)


def application(environ, start_response):
    answer = reads(environ)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [answer]
