"""Writes frames to the server, many with one system call.

A frame is worth about a microsecond, a system call ten: frames are collected and leave together when the worker has
nothing else to do, when they are many, or when the oldest has waited for a moment. Whoever must be heard at once says
so with `flush`. Several threads may add and flush at a time; frames leave in the order in which they were added.
"""

from __future__ import annotations

import os
from _thread import RLock

longest_wait = 0.3  # ms
most_bytes = 65_536


class Output:
    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._lock = RLock()
        # Whoever holds the lock is writing.
        self._writing = False
        self._frames: list[bytes] = []
        self._size = 0
        self._since = 0.0
        # Set while nobody could be asked to flush: each frame leaves at once.
        self.eager = False
        # Called when the server does not read any more.
        self.on_broken = lambda: os._exit(1)

    @property
    def is_open(self) -> bool:
        """False in a process that the app forked: only the worker itself may speak with the server."""
        return self._fd >= 0

    def forsake(self) -> None:
        """In a forked child: forgets the pipe, and the lock that a thread of the parent may have held."""
        self._fd = -1
        self._lock = RLock()
        self._writing = False
        self._frames = []

    def add(self, frame: bytes, now: float) -> None:
        frames = self._frames
        if not frames:
            self._since = now
            self._size = 0
        frames.append(frame)
        self._size += len(frame)
        if self.eager or self._size > most_bytes or now - self._since > longest_wait:
            self.flush()

    def flush(self) -> None:
        frames = self._frames
        if not frames:
            return
        with self._lock:
            if self._writing:
                # The app's code prints while this very thread is in here: a signal handler, or a __del__ that the
                # garbage collector calls. What it printed leaves below, when its turn comes.
                return
            self._writing = True
            try:
                while frames:
                    # The list itself stays: a thread that is about to append to it must not append to a list that is
                    # gone.
                    count = len(frames)
                    data = frames[0] if count == 1 else b"".join(frames[:count])
                    del frames[:count]
                    if self._fd >= 0:
                        self._write(data)
            finally:
                self._writing = False

    def _write(self, data: bytes) -> None:
        try:
            written = os.write(self._fd, data)
            while written < len(data):
                data = memoryview(data)[written:]
                written = os.write(self._fd, data)
        except OSError:
            self.on_broken()
