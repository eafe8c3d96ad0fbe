"""sys.stdout, sys.stderr and wsgi.errors of the app: text that is told to the server, tied to the call that wrote it.

A thread of a slot writes for the call that it runs; any other thread, and the app while it is imported, for call 0.
What C code and child processes write goes to file descriptor 2, past us, and the server reads it there.
"""

from __future__ import annotations

import io
import os
from _thread import get_ident
from codecs import getincrementaldecoder
from time import perf_counter

from .frames import log, streams as names

# A line that does not end is told in pieces.
_longest_part = 8192
_longest_text = 32_768


class Streams:
    """The three streams, and which call each thread runs."""

    def __init__(self, output) -> None:
        self.output = output
        # Thread to running call; set by the slots.
        self.calls: dict[int, object] = {}
        # (thread, stream) to the beginning of a line that is not complete yet.
        self.parts: dict[tuple[int, int], str] = {}
        self.stdout, self.stderr, self.errors = (AppStream(self, number) for number in range(len(names)))

    def end_lines(self) -> None:
        """The call of this thread is about to end: its last line is told even without a newline."""
        if self.parts:
            thread = get_ident()
            for number in range(len(names)):
                self.tell(number, self.parts.pop((thread, number), ""))

    def tell(self, stream: int, text: str) -> None:
        if not text:
            return
        output = self.output
        call = self.calls.get(get_ident())
        for at in range(0, len(text), _longest_text):
            data = text[at : at + _longest_text].encode("utf-8", "backslashreplace")
            if output.is_open:
                now = perf_counter() * 1000.0
                output.add(log(call.number if call else 0, now, stream, data), now)
            else:
                os.write(2, data)  # a child that the app forked
        # What was written last is what one needs to read if the next line of the app brings the process down.
        output.flush()


class AppStream(io.TextIOBase):
    encoding = "utf-8"
    errors = "backslashreplace"
    newlines = None
    line_buffering = True
    mode = "w"

    def __init__(self, streams: Streams, number: int) -> None:
        super().__init__()
        self._streams = streams
        self._number = number
        self.name = "<%s>" % names[number]
        self.buffer = _Bytes(self)

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not " + type(text).__name__)
        parts = self._streams.parts
        key = get_ident(), self._number
        whole = parts.pop(key, "") + text
        cut = len(whole) if len(whole) > _longest_part else whole.rfind("\n") + 1
        if cut < len(whole):
            parts[key] = whole[cut:]
        if cut:
            self._streams.tell(self._number, whole[:cut])
        return len(text)

    def flush(self) -> None:
        self._streams.tell(self._number, self._streams.parts.pop((get_ident(), self._number), ""))

    def close(self) -> None:
        """The stream lives as long as the worker: libraries that close it would silence everybody else."""
        self.flush()

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2

    def reconfigure(self, **_settings: object) -> None:
        """As TextIOWrapper has it. The text is UTF-8 and is told line by line, whatever the settings say."""


class _Bytes(io.BufferedIOBase):
    """What `sys.stdout.buffer` is: takes bytes."""

    def __init__(self, text: AppStream) -> None:
        super().__init__()
        self._text = text
        self._decoder = getincrementaldecoder("utf-8")("backslashreplace")

    def write(self, data) -> int:
        with memoryview(data) as view:
            self._text.write(self._decoder.decode(bytes(view)))
            return view.nbytes

    def flush(self) -> None:
        self._text.flush()

    def close(self) -> None:
        self.flush()

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2
