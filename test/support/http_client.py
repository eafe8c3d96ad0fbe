"""Python's own HTTP client: asks what its second argument (JSON) says of the port in its first, and prints the answers.

All requests go over one connection, as long as the server keeps it open.
"""

import http.client
import json
import pathlib
import sys
import time
import urllib.parse

BOUNDARY = "a-boundary-of-the-test"


class Connection(http.client.HTTPConnection):
    """Counts what it sends."""

    sent = 0

    def send(self, data):
        self.sent += len(data)
        super().send(data)


def main():
    connection = Connection("127.0.0.1", int(sys.argv[1]), timeout=60)
    answers = [answer_to(connection, ask) for ask in json.loads(sys.argv[2])]
    connection.close()
    print(json.dumps(answers))


def answer_to(connection, ask):
    before = connection.sent
    body, headers = body_and_headers(ask)
    connection.request(ask["method"], ask["target"], body, {"Accept": "*/*", **headers})
    port = connection.sock.getsockname()[1]  # the response may close it
    response = connection.getresponse()
    pieces, times = [], []
    while True:
        piece = response.read1(65536)
        if not piece:
            break
        pieces.append(piece)
        times.append(time.perf_counter())
    response.close()  # read1() leaves that undone where no body is to come
    return {
        "status": response.status,
        "body": b"".join(pieces).decode("latin-1"),
        "localPort": port,
        "sent": connection.sent - before,
        "spread": (times[-1] - times[0]) * 1000 if times else 0,
    }


def body_and_headers(ask):
    if "file" in ask:
        lines = []
        for name, value in ask["fields"].items():
            lines += [f"--{BOUNDARY}", f'Content-Disposition: form-data; name="{name}"', "", value]
        file = pathlib.Path(ask["file"])
        lines += [f"--{BOUNDARY}", f'Content-Disposition: form-data; name="file"; filename="{file.name}"']
        lines += ["Content-Type: application/octet-stream", "", ""]
        body = "\r\n".join(lines).encode() + file.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode()
        return body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    if "fields" in ask:
        return urllib.parse.urlencode(ask["fields"]), {"Content-Type": "application/x-www-form-urlencoded"}
    return None, {}


main()
