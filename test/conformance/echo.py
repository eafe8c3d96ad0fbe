"""Answers with what the server made of the request: its method, its path and its body."""


def body_of(environ):
    if environ.get("wsgi.input_terminated"):
        return environ["wsgi.input"].read()
    length = environ.get("CONTENT_LENGTH", "").strip()
    # As strict as the frameworks' own reading: anything else is no length.
    if length.isascii() and length.isdigit():
        return environ["wsgi.input"].read(int(length))
    return b""


def application(environ, start_response):
    body = body_of(environ)
    path = environ["PATH_INFO"].replace("\r", "\\r").replace("\n", "\\n")
    line = f"echo {environ['REQUEST_METHOD']} {path}\n"
    answer = line.encode("latin-1", "replace") + body
    start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(answer)))])
    return [answer]
