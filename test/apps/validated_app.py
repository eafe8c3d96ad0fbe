"""The app that WRAPPED names ("folder:module:name"), and, where WATCHED is set, wsgiref.validate between it and the server.

A break of PEP 3333 on either side, and what the validator would only warn of, is an exception: the page is a 500.
"""

import importlib
import os
import sys
import warnings
from wsgiref.validate import WSGIWarning, validator


class Unwatched:
    """What the app returns, in an iterator: as the validator hands it on, so that the server frames both alike."""

    def __init__(self, app):
        self._app = app

    def __call__(self, environ, start_response):
        result = self._app(environ, start_response)
        try:
            yield from result
        finally:
            if hasattr(result, "close"):
                result.close()


class Sized:
    """The input of the app: `read()` without a size, as werkzeug has it, is no fault of the server's."""

    def __init__(self, body):
        self._body = body

    def read(self, size=-1):
        return self._body.read(size)

    def __getattr__(self, name):
        return getattr(self._body, name)

    def __iter__(self):
        return iter(self._body)


def sized(environ, start_response):
    environ["wsgi.input"] = Sized(environ["wsgi.input"])
    return app(environ, start_response)


folder, module, name = os.environ["WRAPPED"].rsplit(":", 2)
sys.path.insert(0, folder)
app = getattr(importlib.import_module(module), name)
if os.environ.get("WATCHED"):
    warnings.simplefilter("error", WSGIWarning)
    application = validator(sized)
else:
    application = Unwatched(sized)
