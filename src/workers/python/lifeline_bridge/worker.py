"""The worker process: takes the pipes, loads the app, and serves calls until the server is gone."""

from __future__ import annotations

import os
import sys
from _thread import start_new_thread

from . import frames
from .app_loader import AppProblem, load_app
from .descriptors import Descriptors
from .file_wrapper import FileWrapper
from .output import Output
from .self_calls import watch
from .slots import Slots
from .streams import Streams

# What the functions that an app has registered with `atexit` may take once the server is gone.
farewell_seconds = 0.3


def main(arguments: list[str]) -> None:
    options = dict(zip(arguments[::2], arguments[1::2]))
    folder = os.path.abspath(options["--folder"])
    slots = int(options["--slots"])
    os.chdir(folder)
    # As for `python app.py`, the app's folder is the first place where modules are looked for.
    sys.path.insert(0, folder)
    # The app must not take our arguments for its own.
    del sys.argv[1:]
    _ignore_interrupts()
    Worker(slots, int(options["--processes"])).run(options["--app"], folder)


def _ignore_interrupts() -> None:
    """Ctrl-C in a terminal reaches the whole process group; the server decides when the worker ends.

    A handler that does nothing, since SIG_IGN would be inherited by the programs that the app starts.
    """
    import _signal  # what `signal` wraps into enumerations, for 2 ms

    _signal.signal(_signal.SIGINT, lambda *_: None)


class Worker:
    def __init__(self, slots: int, processes: int) -> None:
        self.descriptors = Descriptors()
        self.output = Output(self.descriptors.output)
        self.output.on_broken = self.leave
        self.streams = Streams(self.output)
        self.errors = self.streams.errors
        self.slots = Slots(self, self.descriptors.input, self.descriptors.nudge, slots)
        self.application = None
        # What is the same for every call. The server sends the rest. The variables of the process are left out, which
        # PEP 3333 allows: a timeline that shows the environ must not show the secrets of the shell.
        self.environ = {
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": self.errors,
            "wsgi.multithread": slots > 1,
            "wsgi.multiprocess": processes > 1,
            "wsgi.run_once": False,
            "wsgi.file_wrapper": FileWrapper,
            # The body ends where the request's does: it can be read without Content-Length.
            "wsgi.input_terminated": True,
        }

    def run(self, spec: str, folder: str) -> None:
        sys.stdout = self.streams.stdout
        sys.stderr = self.streams.stderr
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forsake)
        try:
            self.application, name = load_app(spec, folder)
        except AppProblem as problem:
            self._exit_if_forked()
            self.streams.end_lines()
            self.output.add(frames.failed(problem.fields), 0)
            self.output.flush()
            self.leave(1)
        self._exit_if_forked()
        watch(self.streams, self.output)
        self.streams.end_lines()
        self.output.add(frames.ready(os.getpid(), "%d.%d.%d" % sys.version_info[:3], name), 0)
        self.output.flush()
        self.slots.serve()

    def leave(self, status: int = 0) -> None:
        """Ends the process, from whatever thread, whatever the others do."""
        import atexit
        from time import sleep

        def cut() -> None:
            sleep(farewell_seconds)
            os._exit(status)

        start_new_thread(cut, ())
        try:
            # A private name, and the only one: sys.exit() would run them too, but waits for the app's threads before.
            atexit._run_exitfuncs()
        finally:
            os._exit(status)

    def _forsake(self) -> None:
        """In a child that the app has forked: it must not write into the pipes, nor keep them open."""
        self.output.forsake()
        self.slots.forsake()
        self.descriptors.close()

    def _exit_if_forked(self) -> None:
        """The app forked while it was imported, and the child has come back to us: the parent serves."""
        if not self.output.is_open:
            os._exit(0)
