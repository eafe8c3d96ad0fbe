"""The pages of the examples, written with Pyramid and made by a factory: pyramid_app.py:make_app()"""

import time

from pyramid.config import Configurator
from pyramid.response import Response


def index(request):
    return Response("<h1>Hello from Pyramid</h1>")


def slow(request):
    seconds = float(request.params.get("seconds", 3))
    time.sleep(seconds)
    return Response(f"Slept for {seconds:g} seconds.\n", content_type="text/plain")


def stream(request):
    def lines():
        for number in range(1, 6):
            yield f"line {number} of 5\n".encode()
            time.sleep(0.1)

    return Response(app_iter=lines(), content_type="text/plain")


def fail(request):
    raise ValueError("this page always fails")


def form(request):
    if request.method == "GET":
        return Response('<form method="post"></form>')
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
