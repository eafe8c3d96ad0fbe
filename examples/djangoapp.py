"""The example app as a Django project in one file. Install it first: python3 -m pip install django

Its WSGI application is `djangoapp:app`. A larger project has it in `wsgi.py`, made by the same call.
"""

import logging
import time
from math import isqrt

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

settings.configure(
    DEBUG=True,  # the page of an exception shows where it was raised
    SECRET_KEY="only for this example",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)


def index(request):
    return HttpResponse(INDEX)


def slow(request):
    """While this sleeps, its slot is taken: the other slots go on."""
    seconds = min(float(request.GET.get("seconds", 3)), 60)
    logging.warning("sleeping for %g seconds", seconds)  # shown in the timeline, beside this request
    time.sleep(seconds)
    return HttpResponse(f"Slept for {seconds:g} seconds.\n", content_type="text/plain; charset=utf-8")


def stream(request):
    """A generator: each block is sent before the next one is computed."""

    def lines():
        for number in range(1, 6):
            yield f"line {number} of 5\n"
            time.sleep(0.4)

    return StreamingHttpResponse(lines(), content_type="text/plain; charset=utf-8")


def linger(request):
    """The client has its whole response, and the app goes on: no slot is free, no connection closed, before it is done."""
    seconds = min(float(request.GET.get("seconds", 5)), 60)
    body = "This is all. The app still sleeps.\n"

    def blocks():
        yield body
        time.sleep(seconds)

    headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
    return StreamingHttpResponse(blocks(), headers=headers)


def primes(request):
    """Computes without a pause: threads of one process take turns at it, processes do not."""
    below = min(int(request.GET.get("below", 300_000)), 3_000_000)
    count = sum(all(number % divisor for divisor in range(2, isqrt(number) + 1)) for number in range(2, below))
    return HttpResponse(f"There are {count} primes below {below}.\n", content_type="text/plain; charset=utf-8")


def fail(request):
    """Django answers 500 by itself and writes the traceback to its log, which the timeline shows."""
    raise ValueError("this page always fails")


@require_http_methods(["GET", "POST"])
def form(request):
    if request.method == "GET":
        return HttpResponse(FORM)
    lines = [f"{name}: {value}" for name, values in request.POST.lists() for value in values]
    lines += [f"{name}: {file.name}, {file.size} bytes" for name, file in request.FILES.items()]
    return HttpResponse("\n".join(lines + [""]), content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("", index),
    path("slow", slow),
    path("stream", stream),
    path("linger", linger),
    path("primes", primes),
    path("fail", fail),
    path("form", form),
]

INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hello from Django</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; accent-color: #8a63d2; }
  body { max-width: 38rem; margin: 3rem auto; padding: 0 1.25rem; }
  a { color: #8a63d2; }
  li { margin: .4rem 0; }
  .hint { border-left: 3px solid #8a63d2; padding: .1rem 1rem; }
</style>
<h1>Hello from Django</h1>
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

app = get_wsgi_application()
