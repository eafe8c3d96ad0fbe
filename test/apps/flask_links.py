"""Links to itself, and tells what its framework makes of where it is mounted."""

from flask import Flask, jsonify, redirect, request, url_for

app = Flask(__name__)


@app.route("/")
def home():
    return jsonify(
        script_name=request.environ["SCRIPT_NAME"],
        path_info=request.environ["PATH_INFO"],
        link=url_for("item", name="a b"),
        absolute=url_for("item", name="x", _external=True),
        static=url_for("static", filename="style.css"),
    )


@app.route("/items/<name>", methods=["GET", "POST"])
def item(name):
    return "%s %s" % (name, request.get_data(as_text=True))


@app.route("/go")
def go():
    return redirect(url_for("item", name="there"))
