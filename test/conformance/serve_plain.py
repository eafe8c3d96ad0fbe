"""Serves the echo with a server that has no command line of its own: `serve_plain.py wsgiref|werkzeug PORT`."""

import sys
from wsgiref.simple_server import make_server

from echo import application
from werkzeug.serving import run_simple

name, port = sys.argv[1], int(sys.argv[2])
if name == "wsgiref":
    make_server("127.0.0.1", port, application).serve_forever()
else:
    run_simple("127.0.0.1", port, application, threaded=True)
