"""Prints what it was asked, with a digest of the body, and sleeps for as many seconds as the query string says."""

import hashlib
import os
import time


def application(environ, start_response):
    body = environ["wsgi.input"].read()
    fields = sorted("%s=%s" % item for item in environ.items() if item[0].startswith("HTTP_"))
    digest = hashlib.sha256(body).hexdigest()
    print(environ["REQUEST_METHOD"], environ["PATH_INFO"], ";".join(fields), len(body), digest, flush=True)
    time.sleep(float(environ["QUERY_STRING"] or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
