"""Breaks one rule of PEP 3333 a path, in what it hands to start_response or in what it returns."""


class Closing:
    """An iterable whose close() tells that it was called."""

    def __init__(self, blocks, environ, close_raises=False):
        self._blocks = iter(blocks)
        self._environ = environ
        self._close_raises = close_raises

    def __iter__(self):
        return self._blocks

    def close(self):
        self._environ["wsgi.errors"].write("closed\n")
        if self._close_raises:
            raise OSError("close failed")


def starts_with(status, headers, body=(b"body",)):
    def app(environ, start_response):
        start_response(status, headers)
        return list(body)

    return app


def returns(result):
    def app(environ, start_response):
        start_response("200 OK", [])
        return result

    return app


def raises_before_start(environ, start_response):
    try:
        {}["the key"]
    except KeyError as error:
        raise ValueError("boom") from error


def raises_while_iterating(environ, start_response):
    start_response("200 OK", [])

    def blocks():
        yield b"first"
        raise ValueError("too late")

    return Closing(blocks(), environ)


def raises_in_close(environ, start_response):
    start_response("200 OK", [])
    return Closing([b"body"], environ, close_raises=True)


def raises_in_close_of_nothing(environ, start_response):
    start_response("200 OK", [])
    return Closing([], environ, close_raises=True)


def raises_first_in_iterable(environ, start_response):
    start_response("200 OK", [])

    def blocks():
        raise ValueError("at once")
        yield b""

    return Closing(blocks(), environ)


def starts_twice(environ, start_response):
    start_response("200 OK", [])
    start_response("404 Not Found", [])
    return [b"body"]


def starts_again_with_exc_info(environ, start_response):
    import sys

    start_response("200 OK", [("X-First", "1")])
    try:
        raise ValueError("changed my mind")
    except ValueError:
        start_response("500 Sorry", [("X-Second", "2")], sys.exc_info())
    return [b"sorry"]


def starts_again_after_the_head(environ, start_response):
    import sys

    start_response("200 OK", [])
    yield b"first"
    try:
        raise ValueError("after the head")
    except ValueError:
        start_response("500 Sorry", [], sys.exc_info())
    yield b"never"


def never_starts(environ, start_response):
    return []


def yields_before_start(environ, start_response):
    yield b"body"


def starts_in_the_iterable(environ, start_response):
    yield b""
    start_response("200 OK", [])
    yield b"late but right"


def exits(environ, start_response):
    import sys

    sys.exit(3)


def interrupts(environ, start_response):
    raise KeyboardInterrupt


def ends_the_generator(environ, start_response):
    raise GeneratorExit


def unprintable(environ, start_response):
    class Odd(Exception):
        def __str__(self):
            raise RuntimeError("no text")

    raise Odd


def yields_too_much(environ, start_response):
    start_response("200 OK", [("Content-Length", "5")])
    return Closing([b"123", b"456789", b"never"], environ)


def yields_too_little(environ, start_response):
    start_response("200 OK", [("Content-Length", "5")])
    return [b"123"]


def one_block_too_long(environ, start_response):
    start_response("200 OK", [("Content-Length", "5")])
    return [b"123456789"]


def catches_the_refusal(environ, start_response):
    try:
        start_response("200 OK", [("Connection", "close")])
    except AssertionError:
        start_response("500 Sorry", [])
    return [b"caught"]


def never_learns(environ, start_response):
    for _ in range(1000):
        try:
            start_response("200 OK", [("X-A", "\n" * 100_000)])
        except ValueError:
            pass
    start_response("200 OK", [])
    return [b"at last"]


def writes(environ, start_response):
    write = start_response("200 OK", [])
    write(b"written ")
    write(b"twice ")
    return [b"and returned"]


def writes_and_waits(environ, start_response):
    import time

    start_response("200 OK", [])(b"written ")
    time.sleep(1)
    return [b"and returned"]


def drips(environ, start_response):
    import time

    start_response("200 OK", [("Content-Length", "4000")])
    for _ in range(1000):
        yield b"drip"
        time.sleep(0.01)


def yields_crumbs(environ, start_response):
    start_response("200 OK", [])
    for _ in range(int(environ["QUERY_STRING"])):
        yield b"crumb"


def yields_slices(environ, start_response):
    start_response("200 OK", [])
    for _ in range(1500):
        yield b"sixteen bytes it"


text = [("Content-Type", "text/plain")]
paths = {
    "/status-without-reason": starts_with("200", text),
    "/status-with-two-digits": starts_with("20 OK", text),
    "/status-number": starts_with(200, text),
    "/status-with-newline": starts_with("200 OK\r\nX-Injected: 1", text),
    "/status-below-100": starts_with("099 Odd", text),
    "/status-interim": starts_with("101 Switching Protocols", text, []),
    "/status-empty-reason": starts_with("200 ", text),
    "/headers-tuple": starts_with("200 OK", tuple(text)),
    "/header-list": starts_with("200 OK", [["X-A", "1"]]),
    "/header-of-three": starts_with("200 OK", [("X-A", "1", "2")]),
    "/header-bytes": starts_with("200 OK", [("X-A", b"1")]),
    "/header-number": starts_with("200 OK", [("X-A", 1)]),
    "/header-name-with-space": starts_with("200 OK", [("X A", "1")]),
    "/header-name-empty": starts_with("200 OK", [("", "1")]),
    "/header-crlf": starts_with("200 OK", [("X-A", "1\r\nX-Injected: 1")]),
    "/header-endless": starts_with("200 OK", [("X-A", "\n", "x" * 100_000)]),
    "/header-nul": starts_with("200 OK", [("X-A", "1\0")]),
    "/header-not-latin1": starts_with("200 OK", [("X-A", "\u20ac")]),
    "/header-latin1": starts_with("200 OK", [("X-A", "caf\xe9"), ("X-Empty", "")]),
    "/hop-by-hop": starts_with("200 OK", [("Connection", "close")]),
    "/transfer-encoding": starts_with("200 OK", [("transfer-encoding", "chunked")]),
    "/length-twice": starts_with("200 OK", [("Content-Length", "4"), ("Content-Length", "4")]),
    "/length-not-a-number": starts_with("200 OK", [("Content-Length", "+4")]),
    "/length-beyond-all": starts_with("200 OK", [("Content-Length", "9" * 400)], []),
    "/reason-beyond-all": starts_with("200 " + "O" * 70_000, [], []),
    "/date-and-server": starts_with("200 OK", [("Date", "now"), ("Server", "mine")]),
    "/no-content": starts_with("204 No Content", []),
    "/not-modified": starts_with("304 Not Modified", []),
    "/returns-none": returns(None),
    "/returns-str": returns("text"),
    "/returns-bytes": returns(b"bytes"),
    "/returns-number": returns(42),
    "/yields-str": returns(["text"]),
    "/yields-bytearray": returns([bytearray(b"text")]),
    "/returns-nothing": returns([]),
    "/returns-tuple": returns((b"body",)),
    "/returns-several": returns([b"a", b"", b"b"]),
}
for function in (
    raises_before_start,
    raises_while_iterating,
    raises_in_close,
    raises_in_close_of_nothing,
    raises_first_in_iterable,
    starts_twice,
    starts_again_with_exc_info,
    starts_again_after_the_head,
    never_starts,
    yields_before_start,
    starts_in_the_iterable,
    exits,
    interrupts,
    ends_the_generator,
    unprintable,
    yields_too_much,
    yields_too_little,
    one_block_too_long,
    catches_the_refusal,
    never_learns,
    writes,
    writes_and_waits,
    drips,
    yields_crumbs,
    yields_slices,
):
    paths["/" + function.__name__] = function


def application(environ, start_response):
    return paths[environ["PATH_INFO"]](environ, start_response)
