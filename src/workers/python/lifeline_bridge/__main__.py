"""Where the server starts the worker: python lifeline_bridge --app SPEC --folder FOLDER --slots N

The interpreter is the user's choice and can be any. So this file keeps to what Python 2 and 3 both understand: an
interpreter that is too old must be able to say so. Everything else lies in modules that are imported afterwards.
"""

import os
import sys

OLDEST = (3, 9)


def refuse():
    """Answers with the frame `failed`, written here by hand: `frames.py` needs a newer Python."""
    import json
    import struct

    version = "%d.%d.%d" % sys.version_info[:3]
    message = "Python %s (%s) is too old: the app worker needs Python %d.%d or later. Choose a newer interpreter." % (
        version,
        sys.executable,
        OLDEST[0],
        OLDEST[1],
    )
    payload = json.dumps({"code": "python-too-old", "message": message, "traceback": ""}).encode("utf-8")
    if os.name == "nt":
        import msvcrt

        msvcrt.setmode(1, os.O_BINARY)
    os.write(1, struct.pack("<IBI", len(payload), 66, 0) + payload)
    sys.exit(1)


def start():
    # Python has put this file's folder on sys.path, where its modules would shadow the user's. The package is found
    # through its parent folder for a moment, and through its own __path__ from then on.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if not entry or os.path.abspath(entry) != here]
    sys.path.insert(0, os.path.dirname(here))
    # PYTHONDONTWRITEBYTECODE is meant for the user's folders. Here each start would take 16 ms more without a cache.
    asked, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        from lifeline_bridge.worker import main
    finally:
        sys.dont_write_bytecode = asked
        del sys.path[0]
    main(sys.argv[1:])


# Guarded, since multiprocessing imports this file again in processes that the app spawns.
if __name__ == "__main__":
    if sys.version_info < OLDEST:
        refuse()
    else:
        start()
