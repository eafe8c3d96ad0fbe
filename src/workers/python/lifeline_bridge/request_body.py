"""wsgi.input: the bytes of the request body, as they arrive (PEP 3333, "Input and Error Streams").

The thread that reads frames appends pieces; the thread that runs the app takes them. Only when there is none does the
app's thread wait, so a body that came together with its head costs no lock.

The server sends `initial_credit` bytes ahead; as the app consumes them it is told to send as many more. A client that
waits for 100 Continue is told to go on by the app's first read, and never where the app does not read.
"""

from __future__ import annotations

from _collections import deque  # as in `threading`: the package `collections` costs 2 ms at start

from .client_gone import ClientGone
from .frames import initial_credit, read_body

# Half of the window: the server is never idle, and is not told of every small read.
credit_step = initial_credit // 2


class RequestBody:
    def __init__(self, call, expects_continue: bool) -> None:
        self._call = call
        self._unasked = expects_continue
        self._arrived: deque[bytes] = deque()
        self._complete = False
        # What was taken from the arrived pieces, and where the app stands in it.
        self._piece = b""
        self._at = 0
        self._consumed = 0

    # For the thread that reads frames.

    def append(self, piece: bytes) -> None:
        self._arrived.append(piece)

    def complete(self) -> None:
        self._complete = True

    # For the app.

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            parts = [self._rest()]
            while self._fill():
                parts.append(self._rest())
            return b"".join(parts)
        part = self._take(size)
        if len(part) == size:
            return part
        parts = [part]
        missing = size - len(part)
        while missing and self._fill():
            part = self._take(missing)
            missing -= len(part)
            parts.append(part)
        return b"".join(parts)

    def read1(self, size: int = -1) -> bytes:
        """What is there, at most `size` bytes; waits only where nothing is."""
        if size != 0 and self._at == len(self._piece):
            self._fill()
        return self._rest() if size < 0 else self._take(size)

    def readinto(self, buffer) -> int:
        part = self.read1(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def readline(self, size: int | None = -1) -> bytes:
        limit = -1 if size is None else size
        parts = []
        while limit != 0:
            if self._at == len(self._piece) and not self._fill():
                break
            newline = self._piece.find(b"\n", self._at)
            wanted = (newline + 1 if newline >= 0 else len(self._piece)) - self._at
            if 0 <= limit < wanted:
                wanted = limit
            part = self._take(wanted)
            parts.append(part)
            if part.endswith(b"\n"):
                break
            if limit > 0:
                limit -= len(part)
        return b"".join(parts)

    def readlines(self, hint: int | None = -1) -> list[bytes]:
        lines = []
        size = 0
        for line in self:
            lines.append(line)
            size += len(line)
            if hint is not None and 0 < hint <= size:
                break
        return lines

    def __iter__(self) -> RequestBody:
        return self

    def __next__(self) -> bytes:
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    # What the classes of `io` ask when an app wraps the stream in one of them.

    closed = False

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        """Nothing is ever kept back."""

    def close(self) -> None:
        """The stream is the server's, which ends it with the call: PEP 3333 forbids an app to close it."""

    def _take(self, size: int) -> bytes:
        part = self._piece[self._at : self._at + size]
        self._at += len(part)
        return part

    def _rest(self) -> bytes:
        part = self._piece[self._at :]
        self._piece = b""
        self._at = 0
        return part

    def _fill(self) -> bool:
        """Takes the next piece, waiting for it; False at the end of the body."""
        while True:
            if self._unasked:
                self._unasked = False
                self._call.send(read_body(self._call.number, 0))
            # Read before the attempt: what came before the end is then certainly there.
            complete = self._complete
            if self._arrived:
                piece = self._arrived.popleft()
                if piece:
                    self._piece = piece
                    self._at = 0
                    self._account(len(piece))
                    return True
            elif complete:
                return False
            elif self._call.gone:
                raise ClientGone("The client closed the connection before the whole request body had arrived.")
            else:
                self._call.wait(self._has_news)

    def _has_news(self) -> bool:
        return bool(self._arrived) or self._complete or self._call.gone

    def _account(self, size: int) -> None:
        self._consumed += size
        if self._consumed >= credit_step and not self._complete:
            consumed, self._consumed = self._consumed, 0
            self._call.send(read_body(self._call.number, consumed))


class EmptyBody(RequestBody):
    """The body of a request that has none. It keeps nothing, so one serves all calls."""

    def __init__(self) -> None:
        super().__init__(None, False)
        self._complete = True
