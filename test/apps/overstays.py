"""Calls that do not end by themselves, each in its own way."""

import ctypes
import signal
import threading
import time

PLAIN = [("Content-Type", "text/plain")]


def hello(environ, start_response):
    start_response("200 OK", PLAIN)
    return [environ["wsgi.input"].read() or b"hello"]


def nap(environ, start_response):
    time.sleep(float(environ["QUERY_STRING"].split("&")[0]))
    start_response("200 OK", PLAIN)
    return [b"awake"]


def loop(environ, start_response):
    while True:
        pass


def deaf_loop(environ, start_response):
    """A loop that no signal ends which a program may refuse."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def hold_gil(environ, start_response):
    """C code that lets no other thread of the interpreter run, not even ours."""
    ctypes.PyDLL(None).sleep(600)


def stream(environ, start_response):
    start_response("200 OK", PLAIN)
    try:
        while True:
            yield b"tick\n"
            time.sleep(0.05)
    finally:
        environ["wsgi.errors"].write("the stream was closed\n")


def application(environ, start_response):
    return globals()[environ["PATH_INFO"].strip("/")](environ, start_response)
