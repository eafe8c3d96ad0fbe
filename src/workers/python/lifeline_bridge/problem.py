"""An error of the app, in words: what the server tells the browser and the timeline.

Imported when something has gone wrong, and not before: `traceback` is slow to import.
"""

from __future__ import annotations

import os
from traceback import TracebackException

_here = os.path.dirname(os.path.abspath(__file__))
_longest_traceback = 100_000


def problem_of_call(error: BaseException) -> dict:
    if isinstance(error, SystemExit):
        code = "app-exit"
        message = "The app called sys.exit(%s), which ends this request only." % (
            "" if error.code is None else repr(error.code)
        )
    else:
        code = "app-exception"
        message = "The app raised %s." % describe(error)
    return {"code": code, "message": message, "traceback": traceback_text(error)}


def describe(error: BaseException) -> str:
    """ValueError: what it says, on one line."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # an exception whose __str__ raises is still an exception to tell about
        text = ""
    name = type(error).__qualname__
    if len(text) > 500:
        text = text[:500] + "…"
    return "%s: %s" % (name, text.rstrip(".")) if text else name


def traceback_text(error: BaseException, hides_import: bool = False) -> str:
    """The traceback as Python prints it, without the frames of the bridge (and of the import machinery)."""
    whole = TracebackException.from_exception(error)
    _strip(whole, hides_import, set())
    text = "".join(whole.format())
    if len(text) > _longest_traceback:
        half = _longest_traceback // 2
        text = text[:half] + "\n… %d characters left out …\n" % (len(text) - 2 * half) + text[-half:]
    return text


def _strip(part: TracebackException, hides_import: bool, seen: set) -> None:
    if id(part) in seen:
        return
    seen.add(id(part))
    part.stack[:] = [frame for frame in part.stack if not _is_ours(frame.filename, hides_import)]
    # Groups of exceptions came with Python 3.11.
    for other in (part.__cause__, part.__context__, *(getattr(part, "exceptions", None) or ())):
        if other is not None:
            _strip(other, hides_import, seen)


def _is_ours(filename: str, hides_import: bool) -> bool:
    if hides_import and filename.startswith("<frozen importlib"):
        return True
    return os.path.dirname(os.path.abspath(filename)) == _here
