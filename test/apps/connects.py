"""Opens a connection to the address in the query string, in the way that the path says, and tells what came."""

import socket
import threading


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    host, _, port = environ["QUERY_STRING"].partition(":")
    said = []

    def run():
        try:
            said.append(ways[environ["PATH_INFO"]](host, port))
        except OSError:
            said.append(b"OSError")
        except TypeError:
            said.append(b"TypeError")

    if environ["PATH_INFO"] == "/thread":
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    else:
        run()
    return said


def connect(host, port):
    with socket.create_connection((host, int(port)), timeout=0.2) as client:
        return client.recv(100)


def connect_ex(host, port):
    with socket.socket() as client:
        client.connect_ex((host, int(port)))
        return client.recv(100)


def bound(host, port):
    with socket.create_connection((host, int(port)), source_address=("127.0.0.1", 0)) as client:
        return client.recv(100)


def nonsense(_host, _port):
    with socket.socket() as client:
        client.connect(None)


ways = {"/connect": connect, "/connect_ex": connect_ex, "/thread": connect, "/bound": bound, "/nonsense": nonsense}
