"""Finds the WSGI application that the user means.

"module:callable", "path/to/file.py:callable", a module or a file alone, a dotted path "module:package.app", or a
factory "module:create_app()". What cannot be found is told in one sentence that says what to do.
"""

from __future__ import annotations

import os
import sys

from .app_search import AppSearch


class AppProblem(Exception):
    """Why there is no application: the payload of the frame `failed`."""

    def __init__(self, code: str, message: str, traceback: str = "", **more: str) -> None:
        super().__init__(message)
        self.fields = {"code": code, "message": message, "traceback": traceback, **more}


def load_app(spec: str, folder: str) -> tuple[object, str]:
    """Returns the application and its name, such as "hello.py:application"."""
    target, expression = _split(spec.strip())
    if not target:
        raise AppProblem("app-not-found", "No app is set: choose a file such as app.py, or module:callable.")
    path = _file_of(target, folder)
    module = _import_file(path, target) if path else _import_name(target, target)
    search = AppSearch(module, _shown(module, folder))
    if expression:
        application, name = _evaluate(search, expression)
    else:
        application, name = _discover(search)
    return application, "%s:%s" % (search.shown, name)


def _split(spec: str) -> tuple[str, str]:
    target, colon, expression = spec.rpartition(":")
    # The colon of "C:\app.py" belongs to the path.
    if not colon or (len(target) == 1 and expression[:1] in ("\\", "/")):
        return spec, ""
    return target.strip(), expression.strip()


def _file_of(target: str, folder: str) -> str | None:
    """The absolute path where `target` names a file or the folder of a package; None where it names a module."""
    path = os.path.abspath(os.path.join(folder, target))
    looks_like_file = target.endswith(".py") or "/" in target or os.sep in target
    if os.path.isdir(path):
        inner = os.path.join(path, "__init__.py")
        if os.path.isfile(inner):
            return inner
        if not os.path.isfile(path + ".py"):
            raise AppProblem("app-not-found", "%s is a folder, not an app: choose a file in it." % target)
        return None
    if os.path.isfile(path):
        return path
    if looks_like_file:
        raise AppProblem(
            "app-not-found",
            "There is no file %s in %s.%s" % (target, folder, _near(os.path.basename(target), _files_beside(path))),
        )
    return None


def _import_file(path: str, target: str) -> object:
    """Imports the file under the name that other modules would import it by, so that there is one module, not two."""
    root = os.path.dirname(path)
    parts = [os.path.basename(path)[: -len(".py")]] if path.endswith(".py") else []
    if parts == ["__init__"]:
        parts = []
    while os.path.isfile(os.path.join(root, "__init__.py")):
        root, package = os.path.split(root)
        parts.insert(0, package)
    if not parts or not all(part.isidentifier() for part in parts):
        return _import_by_location(path, target)
    if root not in sys.path:
        sys.path.insert(1, root)
    name = ".".join(parts)
    first = sys.modules.get(parts[0])
    # A file called json.py is not the module json that Python has loaded already.
    if first is not None and not _is_below(getattr(first, "__file__", None), root):
        return _import_by_location(path, target)
    module = _import_name(name, target)
    if _is_same(getattr(module, "__file__", None), path):
        return module
    return _import_by_location(path, target)


def _import_by_location(path: str, target: str) -> object:
    from importlib.machinery import SourceFileLoader
    from importlib.util import module_from_spec, spec_from_file_location

    stem = os.path.splitext(os.path.basename(path))[0]
    name = "lifeline_app_" + "".join(letter if letter.isalnum() else "_" for letter in stem)
    spec = spec_from_file_location(name, path, loader=SourceFileLoader(name, path))
    module = module_from_spec(spec)
    sys.modules[name] = module

    def run() -> object:
        spec.loader.exec_module(module)
        return module

    return _importing(run, name, target)


def _import_name(name: str, target: str) -> object:
    def run() -> object:
        __import__(name)
        return sys.modules[name]

    return _importing(run, name, target)


def _importing(run, name: str, target: str) -> object:
    try:
        return run()
    except BaseException as error:  # SystemExit too: the app called sys.exit() at its top level
        problem = _import_problem(error, name, target)
    raise problem


def _import_problem(error: BaseException, name: str, target: str) -> AppProblem:
    from .problem import describe, traceback_text

    text = traceback_text(error)
    if isinstance(error, ModuleNotFoundError):
        missing = error.name or ""
        # The module itself is missing, or a package on the way to it, and not something that it imports.
        if (missing == name or name.startswith(missing + ".")) and "  File " not in text:
            near = _near(name, [file[:-3] for file in _files_beside(os.path.join(os.getcwd(), "x"))])
            return AppProblem(
                "app-not-found", "There is no module %s in %s or on sys.path.%s" % (target, os.getcwd(), near)
            )
        return AppProblem(
            "app-import-error",
            "The app needs the module %s, which %s does not have. Install it there (%s -m pip install …),"
            " or choose the interpreter that has it." % (missing, sys.executable, _quoted(sys.executable)),
            text,
            missingModule=missing,
        )
    if isinstance(error, SyntaxError):
        where = "%s, line %s" % (os.path.basename(error.filename or target), error.lineno)
        return AppProblem("app-syntax-error", "%s: %s. Correct it and restart." % (where, error.msg), text)
    if isinstance(error, SystemExit):
        return AppProblem(
            "app-import-error",
            'Importing %s called sys.exit(). Put what is meant for the command line below if __name__ == "__main__".'
            % target,
            text,
        )
    return AppProblem("app-import-error", "Importing %s raised %s.%s" % (target, describe(error), _hiding()), text)


def _hiding() -> str:
    """Names the files of the project that stand in for modules of the standard library, mostly by accident."""
    library = getattr(sys, "stdlib_module_names", ())  # since Python 3.10
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if name in library and _is_below(path, os.getcwd()) and "site-packages" not in path:
            return " Your file %s hides Python's own module %s: rename it." % (os.path.basename(path), name)
    return ""


def _discover(search: AppSearch) -> tuple[object, str]:
    for name in ("application", "app"):
        found = search.get(name)
        if not isinstance(found, type) and search.may_be_app(found):
            return found, name
    names = search.apps()
    if len(names) == 1:
        return search.get(names[0]), names[0]
    if names:
        raise AppProblem(
            "callable-missing",
            "%s has several WSGI callables (%s): say which one, as in %s:%s."
            % (search.shown, ", ".join(names), search.shown, names[0]),
        )
    raise AppProblem(
        "callable-missing", "%s has no WSGI callable named application or app.%s" % (search.shown, search.hint())
    )


def _evaluate(search: AppSearch, expression: str) -> tuple[object, str]:
    name, call, _ = expression.partition("(")
    found: object = search.module
    for part in name.strip().split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            raise AppProblem(
                "callable-missing", "%s has no %s.%s" % (search.shown, name.strip(), search.hint())
            ) from None
    if call:
        return _make(search, found, expression), expression
    if not callable(found):
        raise AppProblem(
            "app-not-callable",
            "%s in %s is %s, which cannot be called as a WSGI application.%s"
            % (name, search.shown, type(found).__name__, search.hint()),
        )
    if not search.may_be_app(found):
        raise AppProblem(
            "app-not-callable",
            "%s in %s does not take (environ, start_response). If it makes the application, write %s:%s()."
            % (name, search.shown, search.shown, name),
        )
    return found, name


def _make(search: AppSearch, factory: object, expression: str) -> object:
    import ast

    from .problem import describe, traceback_text

    name = expression.partition("(")[0]
    try:
        call = ast.parse(expression, mode="eval").body
        if not isinstance(call, ast.Call):
            raise ValueError
        positional = [ast.literal_eval(argument) for argument in call.args]
        named = {keyword.arg or "": ast.literal_eval(keyword.value) for keyword in call.keywords}
    except (SyntaxError, ValueError):
        raise AppProblem(
            "factory-failed",
            "%s is not a call with plain values, such as create_app() or create_app('test')." % expression,
        ) from None
    try:
        application = factory(*positional, **named)
    except BaseException as error:
        problem = AppProblem(
            "factory-failed",
            "Calling %s of %s raised %s." % (expression, search.shown, describe(error)),
            traceback_text(error),
        )
    else:
        if search.may_be_app(application):
            return application
        problem = AppProblem(
            "factory-failed",
            "%s of %s returned %s, which is no WSGI application: does it lack a return statement?"
            % (name, search.shown, "None" if application is None else "a " + type(application).__name__),
        )
    raise problem


def _shown(module: object, folder: str) -> str:
    """The module's file as seen from the folder, or its name where the file lies elsewhere."""
    path = getattr(module, "__file__", None)
    if _is_below(path, folder) and os.path.basename(path) != "__init__.py":
        return os.path.relpath(path, folder).replace(os.sep, "/")
    return module.__name__


def _is_below(path: str | None, folder: str) -> bool:
    return bool(path) and os.path.abspath(path).startswith(os.path.join(folder, ""))


def _is_same(first: str | None, second: str) -> bool:
    return bool(first) and os.path.realpath(first) == os.path.realpath(second)


def _files_beside(path: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(os.path.dirname(path)) if name.endswith(".py"))
    except OSError:  # the folder does not exist either: there is nothing to suggest
        return []


def _near(name: str, candidates: list[str]) -> str:
    try:
        from difflib import get_close_matches
    except Exception:  # a file of the project hides a module that difflib needs: no suggestion, but still a message
        return ""
    near = get_close_matches(name, candidates, 3, 0.5) or candidates[:5]
    return " Did you mean %s?" % " or ".join(near) if near else ""


def _quoted(path: str) -> str:
    return '"%s"' % path if " " in path else path
