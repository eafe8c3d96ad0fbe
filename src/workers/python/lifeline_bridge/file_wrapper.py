"""wsgi.file_wrapper (PEP 3333, "Optional Platform-Specific File Handling")."""

from __future__ import annotations


class FileWrapper:
    """Iterates over a file-like object in blocks."""

    def __init__(self, file, block_size: int = 65_536) -> None:
        self.file = file
        self.block_size = block_size
        # PEP 3333: the wrapper has a close() where the file has one.
        if hasattr(file, "close"):
            self.close = file.close

    def __iter__(self) -> FileWrapper:
        return self

    def __next__(self) -> bytes:
        block = self.file.read(self.block_size)
        if not block:
            raise StopIteration
        return block
