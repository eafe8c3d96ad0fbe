"""Cuts the bytes that arrive into frames."""

from __future__ import annotations

from .frames import header, header_size, longest_payload


class FrameReader:
    def __init__(self) -> None:
        # The beginning of a frame whose rest has not come yet, in the pieces it came in. They are joined once, when
        # all are there: a large frame is not copied again with each piece.
        self._pieces: list[bytes] = []
        self._held = 0
        self._needed = 0

    def feed(self, data: bytes) -> list[tuple[int, int, bytes]]:
        """Returns (type, call, payload) of each frame that `data` completes."""
        if self._pieces:
            self._pieces.append(data)
            self._held += len(data)
            if self._held < self._needed:
                return []
            data = b"".join(self._pieces)
            self._pieces = []
        frames = []
        at = 0
        size = len(data)
        needed = header_size
        unpack = header.unpack_from
        while size - at >= header_size:
            length, kind, call = unpack(data, at)
            if length > longest_payload:
                raise ValueError("a frame of %d bytes: the server speaks another language" % length)
            stop = at + header_size + length
            if stop > size:
                needed = header_size + length
                break
            frames.append((kind, call, data[at + header_size : stop]))
            at = stop
        if at < size:
            self._pieces = [data[at:]]
            self._held = size - at
            self._needed = needed
        return frames
