"""Tells which process ran the call, after as many seconds as the query string says; `/leave` ends that process."""

import os
import time


def application(environ, start_response):
    time.sleep(float(environ["QUERY_STRING"] or 0))
    if environ["PATH_INFO"] == "/leave":
        os._exit(7)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d %s %s" % (os.getpid(), flag(environ["wsgi.multithread"]), flag(environ["wsgi.multiprocess"]))]


def flag(value):
    return str(value).encode()
