"""The pages of the examples, written with Falcon."""

import time

import falcon


class Index:
    def on_get(self, request, response):
        response.content_type = "text/html; charset=utf-8"
        response.text = INDEX


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
            time.sleep(0.4)


class Fail:
    def on_get(self, request, response):
        raise ValueError("this page always fails")


class Form:
    def on_get(self, request, response):
        response.content_type = "text/html; charset=utf-8"
        response.text = FORM

    def on_post(self, request, response):
        lines = []
        media = request.get_media()
        if isinstance(media, dict):
            lines += [f"{name}: {value}" for name, value in media.items()]
        else:
            for part in media:
                if part.filename:
                    lines.append(f"{part.name}: {part.filename}, {len(part.get_data())} bytes")
                else:
                    lines.append(f"{part.name}: {part.text}")
        response.content_type = falcon.MEDIA_TEXT
        response.text = "\n".join(lines + [""])


INDEX = """<!doctype html>
<meta charset="utf-8">
<title>Hello from Falcon</title>
<h1>Hello from Falcon</h1>
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

app = falcon.App()
app.resp_options.xml_error_serialization = False  # the same page for a browser as for curl
for path, page in (("/", Index()), ("/slow", Slow()), ("/stream", Stream()), ("/fail", Fail()), ("/form", Form())):
    app.add_route(path, page)
