"""An error of the app, in words: what the server tells the browser and the timeline.

`traceback` is imported when something has gone wrong, and not before: it takes long. This file is there from the start:
where the app has used up all descriptors, nothing can be imported any more.
"""

from __future__ import annotations

import os

_here = os.path.dirname(__file__)
_longest_traceback = 100_000


def problem_of_call(error: BaseException) -> dict:
    if isinstance(error, SystemExit):
        code = "app-exit"
        status = repr(error.code) if isinstance(error.code, (int, str)) else ""
        message = "The app called sys.exit(%s), which ends this request only." % status
    else:
        code = "app-exception"
        message = "The app raised %s." % describe(error)
    return {"code": code, "message": message, "traceback": traceback_text(error)}


def describe(error: BaseException) -> str:
    """ValueError: what it says, on one line."""
    try:
        text = " ".join(str(error).split())
    except BaseException:  # an exception whose __str__ raises is still an exception to tell about
        text = ""
    name = type(error).__qualname__
    if len(text) > 500:
        text = text[:500] + "…"
    return "%s: %s" % (name, text.rstrip(".")) if text else name


def traceback_text(error: BaseException, hides_bridge: bool = True) -> str:
    """The traceback as Python prints it, without the frames of the bridge and of the import machinery."""
    try:
        text = _full_text(error, hides_bridge)
    except Exception:
        # A file of the project is called like a module that `traceback` needs, token.py say. That may be just the
        # error to tell about.
        text = _plain_text(error)
    if len(text) > _longest_traceback:
        half = _longest_traceback // 2
        text = text[:half] + "\n… %d characters left out …\n" % (len(text) - 2 * half) + text[-half:]
    return text


def _full_text(error: BaseException, hides_bridge: bool) -> str:
    from traceback import TracebackException

    whole = TracebackException.from_exception(error)
    if hides_bridge:
        _strip(whole, set())
    return "".join(whole.format())


def _plain_text(error: BaseException) -> str:
    lines = ["Traceback (most recent call last):\n"]
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if not _is_hidden(code.co_filename):
            lines.append('  File "%s", line %s, in %s\n' % (code.co_filename, step.tb_lineno, code.co_name))
        step = step.tb_next
    return "".join(lines) + describe(error) + "\n"


def _strip(part, seen: set) -> None:
    if id(part) in seen:
        return
    seen.add(id(part))
    part.stack[:] = [frame for frame in part.stack if not _is_hidden(frame.filename)]
    # Groups of exceptions came with Python 3.11.
    for other in (part.__cause__, part.__context__, *(getattr(part, "exceptions", None) or ())):
        if other is not None:
            _strip(other, seen)


def _is_hidden(filename: str) -> bool:
    return filename.startswith("<frozen importlib") or os.path.dirname(filename) == _here
