"""The contract with the server. Its other half is `src/core/wsgi/frames.ts`: same order, same names.

A frame is a 9-byte little-endian header, `u32 length` of the payload, `u8 type`, `u32 call`, and the payload. Call 0
is the worker itself. All times are float64 milliseconds on the sender's own monotonic clock. Strings are latin-1
where HTTP says so (environ, response head) and UTF-8 elsewhere.

Below the names stand the layouts: one function for each kind of frame that the worker sends, named like it.
"""

from __future__ import annotations

from _json import encode_basestring_ascii as _quote  # `json` itself costs 2 ms of a worker's start
from struct import Struct

header_size = 9
initial_credit = 256 * 1024
longest_payload = 16 * 1024 * 1024


class to_worker:
    """From the server to the worker."""

    call = 1
    body = 2
    body_end = 3
    abort = 4
    credit = 5
    clock = 6
    recall = 7


class call_flags:
    body = 1
    expects_continue = 2


class from_worker:
    """From the worker to the server."""

    ready = 65
    failed = 66
    clock = 67
    started = 68
    head = 69
    chunk = 70
    end = 71
    reply = 72
    raised = 73
    read_body = 74
    log = 75
    aborted = 76
    finding = 77
    connects = 78


class head_flags:
    date = 1
    server = 2


streams = ("stdout", "stderr", "wsgi.errors")

header = Struct("<IBI")
f64 = Struct("<d")
u32 = Struct("<I")
_clock = Struct("<IBI ddd")
_started = Struct("<IBI Bd")
_head = Struct("<IBI BBHdddH")
_chunk = Struct("<IBI dB")
_end = Struct("<IBI ddd")
_reply = Struct("<IBI dddI BBHdddH")
_raised = Struct("<IBI Bddd")
_read_body = Struct("<IBI I")
_log = Struct("<IBI dB")
_aborted = Struct("<IBI d")
_finding = Struct("<IBI d")
_connects = Struct("<IBI H")

# The fixed part of a head, which stands alone or inside a reply.
_head_size = _head.size - header_size
_reply_size = _reply.size - header_size


def _json(fields: dict) -> bytes:
    pairs = ("%s:%s" % (_quote(name), value if type(value) is int else _quote(value)) for name, value in fields.items())
    return ("{%s}" % ",".join(pairs)).encode()


def ready(pid: int, python: str, app: str) -> bytes:
    payload = _json({"pid": pid, "python": python, "app": app})
    return header.pack(len(payload), from_worker.ready, 0) + payload


def failed(problem: dict) -> bytes:
    payload = _json(problem)
    return header.pack(len(payload), from_worker.failed, 0) + payload


def clock(server: float, read: float, answered: float) -> bytes:
    return _clock.pack(24, from_worker.clock, 0, server, read, answered)


def started(call: int, slot: int, began: float) -> bytes:
    return _started.pack(9, from_worker.started, call, slot, began)


def head(call: int, slot: int, response: tuple, began: float, responded: float) -> bytes:
    """`response` is what `response_head` made: status, reason, header lines, Content-Length, flags."""
    status, reason, lines, length, flags = response
    size = _head_size + len(reason) + len(lines)
    fixed = _head.pack(size, from_worker.head, call, slot, flags, status, began, responded, length, len(reason))
    return fixed + reason + lines


def chunk(call: int, yielded: float, written: bool, block: bytes) -> bytes:
    return _chunk.pack(9 + len(block), from_worker.chunk, call, yielded, written) + block


def end(call: int, ended: float, closing: float, cpu: float) -> bytes:
    return _end.pack(24, from_worker.end, call, ended, closing, cpu)


def reply(
    call: int,
    slot: int,
    response: tuple,
    began: float,
    responded: float,
    yielded: float,
    ended: float,
    cpu: float,
    block: bytes,
) -> bytes:
    status, reason, lines, length, flags = response
    text = reason + lines
    head_length = _head_size + len(text)
    return (
        _reply.pack(
            _reply_size + len(text) + len(block),
            from_worker.reply,
            call,
            ended,
            yielded,
            cpu,
            head_length,
            slot,
            flags,
            status,
            began,
            responded,
            length,
            len(reason),
        )
        + text
        + block
    )


def raised(call: int, slot: int, began: float, ended: float, cpu: float, problem: dict) -> bytes:
    payload = _json(problem)
    return _raised.pack(25 + len(payload), from_worker.raised, call, slot, began, ended, cpu) + payload


def read_body(call: int, consumed: int) -> bytes:
    return _read_body.pack(4, from_worker.read_body, call, consumed)


def log(call: int, when: float, stream: int, text: bytes) -> bytes:
    return _log.pack(9 + len(text), from_worker.log, call, when, stream) + text


def aborted(call: int, ended: float) -> bytes:
    return _aborted.pack(8, from_worker.aborted, call, ended)


def finding(call: int, when: float, found: dict) -> bytes:
    payload = _json(found)
    return _finding.pack(8 + len(payload), from_worker.finding, call, when) + payload


def connects(call: int, port: int) -> bytes:
    return _connects.pack(2, from_worker.connects, call, port)
