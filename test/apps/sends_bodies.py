"""Bodies of each kind that somebody may want to save: bytes that are no text, compressed ones, large ones, none."""

import gzip
import json

BYTES = bytes(range(256)) * 40
ITEMS = json.dumps([{"id": number, "name": "item %d" % number} for number in range(400)]).encode()
LINES = b"".join(b"%07d\n" % number for number in range(25_000))


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/bytes":
        return answer(start_response, BYTES, "application/octet-stream")
    if path == "/items":
        return answer(start_response, gzip.compress(ITEMS), "application/json", ("Content-Encoding", "gzip"))
    if path == "/lines":
        return answer(start_response, LINES, "text/plain")
    if path == "/nothing":
        start_response("204 No Content", [])
        return []
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return answer(start_response, b"got %d bytes\n" % len(body), "text/plain")


def answer(start_response, body, media_type, *fields):
    start_response("200 OK", [("Content-Type", media_type), ("Content-Length", str(len(body))), *fields])
    return [body]
