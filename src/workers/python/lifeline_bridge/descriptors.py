"""The pipes to the server, taken out of the app's way.

The server speaks with us on file descriptors 0, 1 and 3. The app may read from 0, print to 1, close all three, fork and
start programs. So the pipes move to private descriptors, which no program started by the app inherits (PEP 446), and
0 becomes the null device and 1 the same as 2, which the server reads as plain text.
"""

from __future__ import annotations

import os


class Descriptors:
    def __init__(self) -> None:
        self.input = os.dup(0)
        self.output = os.dup(1)
        self.nudge = os.dup(3)
        os.close(3)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        if os.name == "nt":
            import msvcrt

            for fd in (self.input, self.output, self.nudge):
                msvcrt.setmode(fd, os.O_BINARY)

    def close(self) -> None:
        for fd in (self.input, self.output, self.nudge):
            os.close(fd)
