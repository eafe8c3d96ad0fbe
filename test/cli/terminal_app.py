"""The app of the command line's tests: it tells its process id, and takes as long as it is asked to."""

import os
import sys
import time
from urllib.parse import parse_qs


def application(environ, start_response):
    seconds = float(parse_qs(environ["QUERY_STRING"]).get("seconds", ["0"])[0])
    print("serving", environ["PATH_INFO"])
    sys.stdout.flush()
    time.sleep(seconds)
    body = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
