"""Forks and starts programs while it runs."""

import multiprocessing
import os
import subprocess
import sys


def falls_through():
    """The child goes on as if it were the server."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        return b"child ended with %d" % status
    print("from the forked child")
    return b"from the child"


def closes_everything():
    """As a daemon does."""
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return b"parent is well"
    os.closerange(0, 256)
    os._exit(0)


def spawns():
    """A program that outlives the worker must not keep its pipes open."""
    child = subprocess.Popen(["sleep", "30"], stdin=None, close_fds=False)
    return str(child.pid).encode()


def processes():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return str(pool.apply(abs, (-7,))).encode()


def descriptors():
    """What the descriptors are that a program started by the app sees."""
    script = (
        "import os; own = '/proc/self/fd/'; paths = [own + fd for fd in os.listdir(own)];"
        "print(' '.join(os.readlink(path) for path in paths if os.path.exists(path)))"
    )
    return subprocess.run(
        [sys.executable, "-S", "-c", script], close_fds=False, stdout=subprocess.PIPE, check=True
    ).stdout


def closes_standard():
    for fd in (0, 1, 2):
        os.close(fd)
    return b"closed all three"


def application(environ, start_response):
    answer = globals()[environ["PATH_INFO"].strip("/")]()
    start_response("200 OK", [])
    return [answer]
