"""The pages of the examples, written with Falcon."""

import time

import falcon


class Index:
    def on_get(self, request, response):
        response.content_type = "text/html; charset=utf-8"
        response.text = "<h1>Hello from Falcon</h1>"


class Slow:
    def on_get(self, request, response):
        seconds = request.get_param_as_float("seconds", default=3)
        time.sleep(seconds)
        response.content_type = falcon.MEDIA_TEXT
        response.text = f"Slept for {seconds:g} seconds.\n"


class Stream:
    def on_get(self, request, response):
        response.content_type = falcon.MEDIA_TEXT
        response.stream = self.lines()

    def lines(self):
        for number in range(1, 6):
            yield f"line {number} of 5\n".encode()
            time.sleep(0.1)


class Fail:
    def on_get(self, request, response):
        raise ValueError("this page always fails")


class Form:
    def on_get(self, request, response):
        response.content_type = "text/html; charset=utf-8"
        response.text = '<form method="post"></form>'

    def on_post(self, request, response):
        lines = []
        for part in request.get_media():
            if part.filename:
                lines.append(f"{part.name}: {part.filename}, {len(part.get_data())} bytes")
            else:
                lines.append(f"{part.name}: {part.text}")
        response.content_type = falcon.MEDIA_TEXT
        response.text = "\n".join(lines + [""])


app = falcon.App()
for path, page in (("/", Index()), ("/slow", Slow()), ("/stream", Stream()), ("/fail", Fail()), ("/form", Form())):
    app.add_route(path, page)
