"""The example app, written with Flask. Install it first: python3 -m pip install flask"""

import time
from math import isqrt

from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def index():
    return INDEX


@app.get("/slow")
def slow():
    """While this sleeps, its slot is taken: the other slots go on."""
    seconds = min(request.args.get("seconds", 3.0, type=float), 60)
    app.logger.warning("sleeping for %g seconds", seconds)  # shown in the timeline, beside this request
    time.sleep(seconds)
    return f"Slept for {seconds:g} seconds.\n", {"Content-Type": "text/plain; charset=utf-8"}


@app.get("/stream")
def stream():
    """A generator: each block is sent before the next one is computed."""

    def lines():
        for number in range(1, 6):
            yield f"line {number} of 5\n"
            time.sleep(0.4)

    return lines(), {"Content-Type": "text/plain; charset=utf-8"}


@app.get("/linger")
def linger():
    """The client has its whole response, and the app goes on: no slot is free, no connection closed, before it is done."""
    seconds = min(request.args.get("seconds", 5.0, type=float), 60)
    body = "This is all. The app still sleeps.\n"

    def blocks():
        yield body
        time.sleep(seconds)

    return blocks(), {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}


@app.get("/primes")
def primes():
    """Computes without a pause: threads of one process take turns at it, processes do not."""
    below = min(request.args.get("below", 300_000, type=int), 3_000_000)
    count = sum(all(number % divisor for divisor in range(2, isqrt(number) + 1)) for number in range(2, below))
    return f"There are {count} primes below {below}.\n", {"Content-Type": "text/plain; charset=utf-8"}


@app.get("/fail")
def fail():
    """Flask answers 500 by itself and writes the traceback to its log, which the timeline shows."""
    raise ValueError("this page always fails")


@app.get("/form")
def form():
    return FORM


@app.post("/form")
def submitted():
    lines = [f"{name}: {value}" for name, value in request.form.items(multi=True)]
    lines += [f"{name}: {file.filename}, {len(file.read())} bytes" for name, file in request.files.items(multi=True)]
    return "\n".join(lines + [""]), {"Content-Type": "text/plain; charset=utf-8"}


INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hello from Flask</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; accent-color: #8a63d2; }
  body { max-width: 38rem; margin: 3rem auto; padding: 0 1.25rem; }
  a { color: #8a63d2; }
  li { margin: .4rem 0; }
  .hint { border-left: 3px solid #8a63d2; padding: .1rem 1rem; }
</style>
<h1>Hello from Flask</h1>
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
