"""The smallest honest app: 13 bytes. Others take their time: `/slow` 50 ms, as a query to a database does, `/hold` as many
seconds as the query string says; `/compute` computes for about 20 ms.
"""

import time

HEADERS = [("Content-Type", "text/plain"), ("Content-Length", "13")]


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/slow":
        time.sleep(0.05)
    elif path == "/hold":
        time.sleep(float(environ["QUERY_STRING"]))
    elif path == "/compute":
        sum(number * number for number in range(400_000))
    start_response("200 OK", HEADERS[:])
    return [b"Hello, world!"]
