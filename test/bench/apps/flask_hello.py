"""The same answer through Flask."""

from flask import Flask, Response

app = Flask(__name__)


@app.get("/")
def hello():
    return Response("Hello, world!", mimetype="text/plain")
