"""Writes to every stream there is, in the way that the path names."""

import os
import subprocess
import sys
import threading
import time

print("printed while imported")


def all_streams(environ):
    print("to stdout")
    print("to stderr", file=sys.stderr)
    environ["wsgi.errors"].write("to wsgi.errors\n")
    environ["wsgi.errors"].writelines(["one\n", "two\n"])
    sys.stdout.buffer.write("bytes: \u00e9\n".encode())


def partial(environ):
    print("no newline", end="")


def partial_slowly(environ):
    print("working", end="", flush=True)
    time.sleep(float(environ["QUERY_STRING"]))
    print(" done")


def odd_text(environ):
    print("surrogate \ud800 and \u20ac")


def flood(environ):
    for number in range(20_000):
        print("line %d of a flood that must not be lost" % number)


def past_us(environ):
    os.write(1, b"to descriptor 1\n")
    os.write(2, b"to descriptor 2\n")
    subprocess.run([sys.executable, "-S", "-c", "print('from a child')"], check=True)


def from_a_thread(environ):
    thread = threading.Thread(target=print, args=("from a thread",))
    thread.start()
    thread.join()


def as_files(environ):
    assert sys.stdout.fileno() == 2
    assert not sys.stdout.isatty()
    assert sys.stdout.encoding == "utf-8"
    assert sys.stdin.read() == ""
    sys.stdout.reconfigure(encoding="ascii")
    sys.stdout.close()
    print("still open")


def slowly(environ):
    for number in range(4):
        print("step %d" % number)
        time.sleep(0.1)


def crashes(environ):
    print("the last words")
    os._exit(9)


def application(environ, start_response):
    globals()[environ["PATH_INFO"].strip("/")](environ)
    start_response("200 OK", [])
    return [b"done"]
