"""The pages of the examples, written with Pyramid and made by a factory: pyramid_app.py:make_app()"""

import time

from pyramid.config import Configurator
from pyramid.response import Response


def index(request):
    return Response(INDEX)


def slow(request):
    seconds = float(request.params.get("seconds", 3))
    time.sleep(seconds)
    return Response(f"Slept for {seconds:g} seconds.\n", content_type="text/plain")


def stream(request):
    def lines():
        for number in range(1, 6):
            yield f"line {number} of 5\n".encode()
            time.sleep(0.4)

    return Response(app_iter=lines(), content_type="text/plain")


def fail(request):
    raise ValueError("this page always fails")


def form(request):
    if request.method == "GET":
        return Response(FORM)
    lines = []
    for name, value in request.POST.items():
        if hasattr(value, "filename"):
            lines.append(f"{name}: {value.filename}, {len(value.file.read())} bytes")
        else:
            lines.append(f"{name}: {value}")
    return Response("\n".join(lines + [""]), content_type="text/plain")


def make_app():
    with Configurator() as config:
        for name, view in (("", index), ("slow", slow), ("stream", stream), ("fail", fail), ("form", form)):
            config.add_route(name or "index", "/" + name)
            config.add_view(view, route_name=name or "index")
        return config.make_wsgi_app()


INDEX = """<!doctype html>
<meta charset="utf-8">
<title>Hello from Pyramid</title>
<h1>Hello from Pyramid</h1>
<ul>
  <li><a href="/slow?seconds=3">/slow?seconds=3</a>
  <li><a href="/stream">/stream</a>
  <li><a href="/fail">/fail</a>
  <li><a href="/form">/form</a>
</ul>
"""

FORM = """<!doctype html>
<meta charset="utf-8">
<title>Form</title>
<form method="post" enctype="multipart/form-data">
  <p><label>Name <input name="name" value="Ada"></label>
  <p><label>File <input name="file" type="file"></label>
  <p><button>Send</button>
</form>
"""
