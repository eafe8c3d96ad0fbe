"""Answers with what it was called with, and where."""

import os
import sys
import threading


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    import json

    shown = {name: value for name, value in environ.items() if isinstance(value, (str, int, tuple))}
    shown["type"] = type(environ).__name__
    shown["path"] = sys.path
    shown["argv"] = sys.argv
    shown["folder"] = os.getcwd()
    shown["thread"] = threading.current_thread().name
    shown["is_main"] = threading.current_thread() is threading.main_thread()
    shown["name"] = __name__
    shown["ours"] = sorted(name for name in sys.modules if name.startswith("lifeline_bridge"))[:1]
    return [json.dumps(shown).encode()]
