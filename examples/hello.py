"""A web application without a framework: plain WSGI, as PEP 3333 defines it.

The server calls `application(environ, start_response)` once for each request. `environ` is a dictionary that describes
the request; `start_response` takes the status and the headers; what is returned is the body, in blocks of bytes.
"""

import email.policy
import time
from email.parser import BytesParser
from math import isqrt
from urllib.parse import parse_qs


def application(environ, start_response):
    page = PAGES.get(environ["PATH_INFO"], not_found)
    return page(environ, start_response)


def index(environ, start_response):
    body = INDEX.encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def slow(environ, start_response):
    """While this sleeps, its slot is taken: the other slots go on."""
    query = parse_qs(environ["QUERY_STRING"])
    seconds = min(float(query.get("seconds", ["3"])[0]), 60)
    print(f"sleeping for {seconds:g} seconds")  # shown in the timeline, beside this request
    time.sleep(seconds)
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"Slept for {seconds:g} seconds.\n".encode()]


def stream(environ, start_response):
    """A generator: each block is sent before the next one is computed."""
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    for number in range(1, 6):
        yield f"line {number} of 5\n".encode()
        time.sleep(0.4)


def linger(environ, start_response):
    """The client has its whole response, and the app goes on: no slot is free, no connection closed, before it is done."""
    query = parse_qs(environ["QUERY_STRING"])
    seconds = min(float(query.get("seconds", ["5"])[0]), 60)
    body = b"This is all. The app still sleeps.\n"
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))])
    yield body
    time.sleep(seconds)


def primes(environ, start_response):
    """Computes without a pause: threads of one process take turns at it, processes do not."""
    query = parse_qs(environ["QUERY_STRING"])
    below = min(int(query.get("below", ["300000"])[0]), 3_000_000)
    count = sum(all(number % divisor for divisor in range(2, isqrt(number) + 1)) for number in range(2, below))
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"There are {count} primes below {below}.\n".encode()]


def fail(environ, start_response):
    """What the app raises becomes a 500 page with the traceback."""
    raise ValueError("this page always fails")


def form(environ, start_response):
    if environ["REQUEST_METHOD"] != "POST":
        body = FORM.encode()
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [body]
    lines = []
    for name, filename, content in fields_of(environ):
        if filename:
            lines.append(f"{name}: {filename}, {len(content)} bytes")
        else:
            lines.append(f"{name}: {content.decode('utf-8', 'replace')}")
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return ["\n".join(lines + [""]).encode()]


def fields_of(environ):
    """Yields (name, file name or None, content) of each field of a form."""
    body = environ["wsgi.input"].read()
    content_type = environ.get("CONTENT_TYPE", "")
    if content_type.startswith("application/x-www-form-urlencoded"):
        for name, values in parse_qs(body.decode("latin-1"), keep_blank_values=True).items():
            for value in values:
                yield name, None, value.encode()
    else:
        # multipart/form-data is a mail with attachments, so the mail parser of the standard library reads it.
        head = f"Content-Type: {content_type}\r\n\r\n".encode()
        mail = BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        for part in mail.iter_parts():
            name = part.get_param("name", header="content-disposition")
            yield name, part.get_filename(), part.get_payload(decode=True)


def not_found(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"There is no such page.\n"]


PAGES = {
    "/": index,
    "/slow": slow,
    "/stream": stream,
    "/linger": linger,
    "/primes": primes,
    "/fail": fail,
    "/form": form,
}

INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hello from plain WSGI</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; accent-color: #8a63d2; }
  body { max-width: 38rem; margin: 3rem auto; padding: 0 1.25rem; }
  a { color: #8a63d2; }
  li { margin: .4rem 0; }
  .hint { border-left: 3px solid #8a63d2; padding: .1rem 1rem; }
</style>
<h1>Hello from plain WSGI</h1>
<p class="hint">Open the timeline beside this page (<b>Lifeline: Show Timeline</b>) and watch what each link does.</p>
<ul>
  <li><a href="/slow?seconds=3">/slow?seconds=3</a> sleeps. Open it in three tabs: the app calls overlap.
  <li><a href="/stream">/stream</a> yields one line after another: a mark for each.
  <li><a href="/linger?seconds=5">/linger?seconds=5</a> sends its whole response, and the app sleeps on: in the iterative model all others wait.
  <li><a href="/primes">/primes</a> computes: threads share one processor, processes do not.
  <li><a href="/fail">/fail</a> raises an exception: the traceback comes here and to the timeline.
  <li><a href="/form">/form</a> takes a name and a file: watch the body arrive.
</ul>
"""

FORM = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Form</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { max-width: 38rem; margin: 3rem auto; padding: 0 1.25rem; }
  a { color: #8a63d2; }
</style>
<h1>Form</h1>
<form method="post" enctype="multipart/form-data">
  <p><label>Name <input name="name" value="Ada"></label>
  <p><label>File <input name="file" type="file"></label>
  <p><button>Send</button> <a href="/">Back</a>
</form>
"""
