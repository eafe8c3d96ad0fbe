"""One call of the application: environ in, response out, by the rules of PEP 3333."""

from __future__ import annotations

from math import nan
from time import perf_counter

from . import frames, processor_time
from .client_gone import ClientGone
from .problem import describe, problem_of_call, traceback_text
from .request_body import EmptyBody, RequestBody
from .response_head import response_head
from .rules import broken, finding

_no_body = EmptyBody()
_largest_chunk = frames.initial_credit
_most_findings = 50
# More blocks than this, each of fewer bytes than that, are worth a word.
_most_tiny_blocks = 1000
_tiny_block = 16


class Call:
    # Most calls need few of these: what stays at its default costs nothing.
    slot = 0
    began = nan
    # When it was first seen to last, and the processor time of its thread then.
    seen: tuple[float, float] | None = None
    # The client has gone: nothing of the response is needed any more.
    gone = False
    body: RequestBody = _no_body
    # Bytes of the response body that the server has allowed so far. Only the thread that reads frames writes it.
    allowed = frames.initial_credit
    _sent = 0
    _responded = nan
    _head: tuple | None = None
    _head_sent = False
    # Bytes still missing from the Content-Length that the app gave; -1 where it gave none.
    _missing = -1
    _is_head_request = False
    _findings = 0
    _tiny_blocks = 0
    _has_written = False

    def __init__(self, number: int, payload: bytes, worker) -> None:
        self.number = number
        self._worker = worker
        self._payload = payload
        flags = payload[0]
        if flags & frames.call_flags.body:
            self.body = RequestBody(self, bool(flags & frames.call_flags.expects_continue))

    # What the request body needs of its call.

    def send(self, frame: bytes) -> None:
        """Adds a frame that belongs to this call."""
        self._worker.output.add(frame, perf_counter() * 1000.0)

    def wait(self, is_ready) -> None:
        self._worker.slots.wait(self, is_ready)

    # The call itself.

    def variables(self):
        """The environ's variables as the server sent them, in pairs of name and value."""
        parts = self._payload[1:].decode("latin-1").split("\0")
        return zip(parts[::2], parts[1::2])

    def run(self, slot: int) -> None:
        worker = self._worker
        self.slot = slot
        environ = worker.environ.copy()
        environ.update(self.variables())
        environ["wsgi.input"] = self.body
        self._is_head_request = environ["REQUEST_METHOD"] == "HEAD"
        if processor_time.reads_at_start:
            self.seen = processor_time.sample(None)
        self.began = perf_counter() * 1000.0
        worker.slots.unannounced[self.number] = self
        if worker.output.eager:
            worker.slots.announce()
        try:
            result = worker.application(environ, self.start_response)
        except BaseException as error:  # SystemExit too: it ends the call, not the worker
            self._fail(error)
            return
        kind = type(result)
        if (kind is list or kind is tuple) and len(result) == 1:
            block = result[0]
            if type(block) is bytes and len(block) <= _largest_chunk and self._fits(len(block)):
                self._reply(block)
                return
        self._iterate(result)

    def start_response(self, status: str, headers: list, exc_info: tuple | None = None):
        responded = perf_counter() * 1000.0
        if exc_info:
            try:
                if self._head_sent:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None  # PEP 3333: avoids a circular reference through the traceback
        elif self._head is not None:
            message = "The app called start_response() a second time without exc_info: call it once."
            raise self._broken(AssertionError, "second-start-response", message)
        try:
            head = response_head(status, headers)
        except (AssertionError, TypeError, ValueError) as error:
            # Told now: the app may well catch it.
            self._tell_of(error)
            raise
        self._head = head
        self._missing = head[3]
        self._responded = responded
        return self.write

    def write(self, block: bytes) -> None:
        """The callable that start_response returns (PEP 3333, The write() Callable)."""
        if not self._has_written:
            self._has_written = True
            self._find("write", "The app used write(), which is there for old code: return or yield the body instead.")
        if self._send(block, True):
            self._worker.output.flush()
        elif self.gone:
            raise ClientGone("The client closed the connection before the whole response was sent.")

    def _fits(self, size: int) -> bool:
        """Whether a block of this size is a whole response, and nothing is wrong with it."""
        return (
            self._head is not None
            and not self._head_sent
            and not self.gone
            and (self._missing < 0 or self._missing == size)
        )

    def _iterate(self, result) -> None:
        failure = None
        closing = nan
        try:
            # A list holds all its blocks already. Others compute the next one while this one must be on its way
            # (PEP 3333, Buffering and Streaming).
            is_lazy = not isinstance(result, (list, tuple))
            is_stream = False
            for block in self._blocks(result):
                if not self._send(block, False):
                    break
                # A response that is complete needs no hurry: its end follows, and the server asks if it does not.
                if is_lazy and self._missing != 0:
                    self._worker.output.flush()
                    if is_stream:
                        # It may go on for long, and the server knows that it runs: no nudge will come.
                        self._worker.slots.let_read()
                    is_stream = True
            if self._head is None and not self.gone:
                message = "The app did not call start_response() before its iterable ended: call it before the body."
                raise self._broken(AssertionError, "no-start-response", message)
        except BaseException as error:
            failure = error
        # PEP 3333: where the iterable has a close(), it is called whatever happened.
        close = getattr(result, "close", None)
        if close is not None:
            closing = perf_counter() * 1000.0
            try:
                close()
            except BaseException as error:
                self._close_raised(error)
                if failure is None and not self._head_sent:
                    failure = error
                else:
                    self._complain("The close() of the app's iterable raised:\n" + traceback_text(error))
        try:
            if failure is not None:
                self._fail(failure)
            else:
                self._end(closing)
        finally:
            failure = None  # its traceback refers to this frame

    def _blocks(self, result):
        if result is None:
            message = "The app returned None, not an iterable of bytes: does it lack a return statement?"
            raise self._broken(TypeError, "not-iterable", message)
        # Both can be iterated over, but not in blocks of bytes.
        if isinstance(result, (str, bytes)) or not _is_iterable(result):
            message = "The app returned %s itself; WSGI wants an iterable of bytes, such as [body]."
            raise self._broken(TypeError, "not-iterable", message % type(result).__name__)
        return result

    def _send(self, block: bytes, written: bool) -> bool:
        """Sends a block of the body, after the head where that is still to go. False: no more is wanted."""
        if not isinstance(block, bytes):
            message = "The app %s %s; blocks of the body must be bytes: encode text first."
            verb = "wrote" if written else "yielded"
            raise self._broken(TypeError, "not-bytes", message % (verb, type(block).__name__))
        if self._head is None and block:
            message = "The app sent a part of the body before it called start_response(): call it first."
            raise self._broken(AssertionError, "late-start-response", message)
        if self.gone:
            return False
        if not block:
            return True
        now = perf_counter() * 1000.0
        if not self._head_sent:
            self._send_head(now)
        if len(block) < _tiny_block:
            self._tiny()
        too_much = False
        if self._missing >= 0:
            too_much = len(block) > self._missing
            if too_much:
                message = "The body is longer than the Content-Length of %d that the app gave; the rest is not sent."
                message %= self._head[3]
                self._find("body-too-long", message)
                self._complain(message + "\n")
                block = block[: self._missing]
            self._missing -= len(block)
        return self._send_within_credit(block, written, now) and not too_much

    def _send_within_credit(self, block: bytes, written: bool, now: float) -> bool:
        output = self._worker.output
        at = 0
        while at < len(block):
            room = min(self.allowed - self._sent, _largest_chunk)
            if room <= 0:
                self.wait(self._has_room)
                if self.gone:
                    return False
                continue
            part = block[at : at + room]
            at += len(part)
            self._sent += len(part)
            output.add(frames.chunk(self.number, now, written, part), now)
        return True

    def _has_room(self) -> bool:
        return self.allowed > self._sent or self.gone

    def _send_head(self, now: float) -> None:
        self._head_sent = True
        self._worker.slots.claim(self)
        self._worker.output.add(frames.head(self.number, self.slot, self._head, self.began, self._responded), now)

    def _end(self, closing: float) -> None:
        now = perf_counter() * 1000.0
        if self.gone:
            self._finish(frames.aborted(self.number, now), now)
            return
        if not self._head_sent:
            # The app may have promised a body and given none: right for HEAD and 304, and for the server to judge.
            self._supply_length(b"")
            self._send_head(now)
        self._finish(frames.end(self.number, now, closing, self._cpu(now)), now)

    def _reply(self, block: bytes) -> None:
        """The whole response in one frame."""
        self._supply_length(block)
        now = perf_counter() * 1000.0
        cpu = nan if self.seen is None else self._cpu(now)
        reply = frames.reply(self.number, self.slot, self._head, self.began, self._responded, now, now, cpu, block)
        self._finish(reply, now)

    def _cpu(self, now: float) -> float:
        """The processor time of the call, which ends now."""
        return nan if self.seen is None else processor_time.time_since(self.seen, self.began, now)

    def _supply_length(self, block: bytes) -> None:
        """PEP 3333, Handling the Content-Length Header: where a single block is all, the server knows its length."""
        status, reason, lines, length, flags = self._head
        if length < 0 and self._may_have_length(status, block):
            length = len(block)
            self._head = status, reason, lines + b"Content-Length: %d\r\n" % length, length, flags

    def _may_have_length(self, status: int, block: bytes) -> bool:
        # RFC 9110 section 8.6: none with 1xx and 204; with 304 it would be the length of what was not sent. An empty
        # block in answer to HEAD says nothing about the length that GET would have.
        return status >= 200 and status != 204 and status != 304 and not (self._is_head_request and not block)

    def _fail(self, error: BaseException) -> None:
        try:
            now = perf_counter() * 1000.0
            if self.gone and isinstance(error, ClientGone):
                self._finish(frames.aborted(self.number, now), now)
                return
            problem = problem_of_call(error)
            cpu = self._cpu(now)
            self._finish(frames.raised(self.number, self.slot, self.began, now, cpu, problem), now)
        finally:
            del error

    # What is found to be against the rules.

    def _find(self, code: str, message: str) -> None:
        self._tell(finding(code, message))

    def _broken(self, kind: type, code: str, message: str) -> Exception:
        error = broken(kind, code, message)
        self._tell_of(error)
        return error

    def _tell_of(self, error: Exception) -> None:
        # The bridge has limits of its own, which are no rules.
        found = getattr(error, "lifeline_finding", None)
        if found is not None:
            self._tell(found)

    def _tell(self, found: dict) -> None:
        if self._findings < _most_findings:
            self._findings += 1
            now = perf_counter() * 1000.0
            self._worker.output.add(frames.finding(self.number, now, found), now)

    def _tiny(self) -> None:
        self._tiny_blocks += 1
        if self._tiny_blocks == _most_tiny_blocks + 1:
            message = (
                "The app sent more than %d blocks of fewer than %d bytes, each on its own, which is slow:"
                " join them into larger ones." % (_most_tiny_blocks, _tiny_block)
            )
            self._find("tiny-blocks", message)

    def _close_raised(self, error: BaseException) -> None:
        message = "The close() of the app's iterable raised %s; what it had to release may still be held."
        self._find("close-raised", message % describe(error))

    def _complain(self, text: str) -> None:
        self._worker.errors.write(text)

    def _finish(self, frame: bytes, now: float) -> None:
        """Adds the last frame of the call."""
        worker = self._worker
        worker.streams.end_lines()
        if not self._head_sent:
            worker.slots.claim(self)
        worker.output.add(frame, now)


def _is_iterable(result: object) -> bool:
    kind = type(result)
    return hasattr(kind, "__iter__") or hasattr(kind, "__getitem__")
