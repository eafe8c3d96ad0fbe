"""The example app, written with Bottle. Install it first: python3 -m pip install bottle"""

import time
from math import isqrt

from bottle import Bottle, request, response

app = Bottle()


@app.get("/")
def index():
    return INDEX


@app.get("/slow")
def slow():
    """While this sleeps, its slot is taken: the other slots go on."""
    seconds = min(float(request.query.seconds or 3), 60)
    print(f"sleeping for {seconds:g} seconds")  # shown in the timeline, beside this request
    time.sleep(seconds)
    response.content_type = "text/plain; charset=utf-8"
    return f"Slept for {seconds:g} seconds.\n"


@app.get("/stream")
def stream():
    """A generator: each block is sent before the next one is computed."""
    response.content_type = "text/plain; charset=utf-8"
    for number in range(1, 6):
        yield f"line {number} of 5\n"
        time.sleep(0.4)


@app.get("/linger")
def linger():
    """The client has its whole response, and the app goes on: no slot is free, no connection closed, before it is done."""
    seconds = min(float(request.query.seconds or 5), 60)
    body = "This is all. The app still sleeps.\n"
    response.content_type = "text/plain; charset=utf-8"
    response.content_length = len(body)
    yield body
    time.sleep(seconds)


@app.get("/primes")
def primes():
    """Computes without a pause: threads of one process take turns at it, processes do not."""
    below = min(int(request.query.below or 300_000), 3_000_000)
    count = sum(all(number % divisor for divisor in range(2, isqrt(number) + 1)) for number in range(2, below))
    response.content_type = "text/plain; charset=utf-8"
    return f"There are {count} primes below {below}.\n"


@app.get("/fail")
def fail():
    """Bottle answers 500 by itself and writes the traceback to wsgi.errors, which the timeline shows."""
    raise ValueError("this page always fails")


@app.get("/form")
def form():
    return FORM


@app.post("/form")
def submitted():
    lines = [f"{name}: {value}" for name, value in request.forms.decode().allitems()]
    lines += [f"{name}: {file.raw_filename}, {len(file.file.read())} bytes" for name, file in request.files.allitems()]
    response.content_type = "text/plain; charset=utf-8"
    return "\n".join(lines + [""])


INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hello from Bottle</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; accent-color: #8a63d2; }
  body { max-width: 38rem; margin: 3rem auto; padding: 0 1.25rem; }
  a { color: #8a63d2; }
  li { margin: .4rem 0; }
  .hint { border-left: 3px solid #8a63d2; padding: .1rem 1rem; }
</style>
<h1>Hello from Bottle</h1>
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
