"""Which objects of a module look like a WSGI application: callable with (environ, start_response)."""

from __future__ import annotations

# CPython's CO_VARARGS; the module `inspect` has it too, and is slow to import
_takes_more = 0x04


class AppSearch:
    def __init__(self, module: object, shown: str) -> None:
        self.module = module
        # How messages call the module.
        self.shown = shown

    def get(self, name: str) -> object:
        return getattr(self.module, name, None)

    def apps(self) -> list[str]:
        """The names of the module's own objects that look like an application; one name for each object."""
        found: dict[int, str] = {}
        for name, value in list(vars(self.module).items()):
            if not name.startswith("_") and self.looks_like_app(value):
                found.setdefault(id(value), name)
        return list(found.values())

    def looks_like_app(self, value: object) -> bool:
        """Stricter than `may_be_app`: a helper function with two parameters is no application."""
        if isinstance(value, type) or not self.may_be_app(value):
            return False
        code = getattr(_function_of(value), "__code__", None)
        # Frameworks call the first parameter environ or env, and the second start_response.
        names = code.co_varnames[: code.co_argcount] if code else ()
        return any(name.startswith(("env", "start_resp")) for name in names)

    def may_be_app(self, value: object) -> bool:
        """Whether it can be called with two positional arguments, as far as that can be seen."""
        if not callable(value):
            return False
        if isinstance(value, type):
            # A class whose instances are iterables is an application too (PEP 3333), where the user says so.
            return True
        function = _function_of(value)
        code = getattr(function, "__code__", None)
        if code is None:
            # Written in C: it does not say what it takes.
            return True
        is_bound = function is not value or getattr(value, "__self__", None) is not None
        wanted = 2 + is_bound
        least = code.co_argcount - len(getattr(function, "__defaults__", None) or ())
        return least <= wanted and (code.co_argcount >= wanted or bool(code.co_flags & _takes_more))

    def hint(self) -> str:
        """What the module offers instead."""
        names = self.apps()
        if names:
            return " It has %s: write %s:%s." % (", ".join(names), self.shown, names[0])
        factories = [
            name
            for name, value in vars(self.module).items()
            if name.startswith(("create_", "make_", "get_")) and hasattr(value, "__code__")
        ]
        if factories:
            return " It has %s: write %s:%s() to call it." % (", ".join(factories), self.shown, factories[0])
        callables = [
            name
            for name, value in vars(self.module).items()
            if callable(value) and getattr(value, "__module__", None) == self.module.__name__
        ]
        return " Its callables are %s." % ", ".join(callables[:10]) if callables else " It has no callables at all."


def _function_of(value: object) -> object:
    """What runs when the value is called."""
    return value if hasattr(value, "__code__") else type(value).__call__
