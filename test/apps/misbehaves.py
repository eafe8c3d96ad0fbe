"""One page for each thing that an app may do to the process it runs in."""

import ctypes
import gc
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

PLAIN = [("Content-Type", "text/plain")]


def query(environ):
    """What stands before the number that makes each request's target its own."""
    return environ["QUERY_STRING"].split("&")[0]


HOME = os.getcwd()


def hello(environ):
    os.chdir(HOME)
    return b"hello"


def slow(environ):
    time.sleep(float(query(environ)))
    return b"slow"


def prints(environ):
    print("still heard")
    return b"printed"


# What must end the call at most.


def sys_exit(environ):
    sys.exit("enough")


def interrupt(environ):
    raise KeyboardInterrupt


def recursion(environ):
    return recursion(environ)


def memory(environ):
    return b"x" * (1 << 62)


def deep_chain(environ):
    error = ValueError("the first of many")
    for number in range(20_000):
        outer = ValueError("number %d" % number)
        outer.__cause__ = error
        error = outer
    raise error


class Unprintable(Exception):
    def __str__(self):
        sys.exit("from __str__")

    __repr__ = __str__


def unprintable(environ):
    raise Unprintable


def no_folder(environ):
    """The working directory is gone, and the code that fails has no file."""
    before = os.getcwd()
    gone = tempfile.mkdtemp()
    os.chdir(gone)
    os.rmdir(gone)
    try:
        exec(compile("raise LookupError('nowhere')", "<made up>", "exec"))
    finally:
        environ["wsgi.errors"].write("was in %s\n" % before)


def no_descriptors(environ):
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    files = []
    while True:
        files.append(open(os.devnull))


def signal_handler(environ):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


# What must not be felt at all.


def exits_in_a_thread(environ):
    thread = threading.Thread(target=sys.exit, args=("only the thread",))
    thread.start()
    thread.join()
    return b"a thread has left"


def closes_standard(environ):
    for fd in (0, 1, 2):
        os.close(fd)
    return b"closed"


def closes_range(environ):
    os.closerange(0, 3)
    return b"closed"


def writes_to_descriptor_1(environ):
    os.write(1, b"\xff" * 5000 + b"\n")
    return b"written"


def replaces_streams(environ):
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = io.StringIO(), None
    print("into the void")
    sys.stdout, sys.stderr = kept
    sys.stdout.close()
    print("back again")
    return b"replaced"


def changes_folder(environ):
    before = os.getcwd()
    os.chdir("/")
    os.chdir(before)
    return b"changed"


def fork_exits(environ):
    pid = os.fork()
    if pid == 0:
        os._exit(3)
    return b"%d" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def fork_goes_on(environ):
    """Both parent and child return into the server."""
    pid = os.fork()
    if pid == 0:
        print("in the child")
        return b"from the child"
    return b"parent: %d" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def fork_fails(environ):
    """The child raises into the server."""
    pid = os.fork()
    if pid == 0:
        raise ValueError("in the child")
    return b"parent: %d" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def pools(environ):
    total = 0
    for method in ("fork", "spawn"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            total += pool.apply(abs, (-7,))
    return b"%d" % total


def runs_program(environ):
    done = subprocess.run([sys.executable, "-S", "-c", "print(6 * 7)"], stdout=subprocess.PIPE, check=True)
    return done.stdout.strip()


def late_thread(environ):
    def late():
        time.sleep(0.3)
        print("long after the answer")

    threading.Thread(target=late).start()
    return b"started"


def late_reader(environ):
    """A thread that reads the body when the call is over must not wait for ever."""

    def read():
        try:
            time.sleep(0.3)
            environ["wsgi.input"].read()
        except OSError as error:
            print("the late reader got", type(error).__name__)

    threading.Thread(target=read).start()
    return b"started"


class Farewell:
    """Prints whenever the garbage collector finds it, wherever that may be."""

    def __init__(self):
        self.itself = self

    def __del__(self):
        print("a last word")


def prints_in_del(environ):
    limits = gc.get_threshold()
    gc.set_threshold(3)
    try:
        for number in range(2000):
            Farewell()
            environ["wsgi.errors"].write("number %d\n" % number)
    finally:
        gc.set_threshold(*limits)
        gc.collect()
    return b"collected"


def prints_in_handler(environ):
    """With SIGALRM all the time, whose handler prints: it runs in the main thread, whatever that does."""
    until = time.monotonic() + 0.7
    count = 0
    while time.monotonic() < until:
        print("number", count)
        count += 1
    signal.setitimer(signal.ITIMER_REAL, 0)
    return b"printed"


def rings(environ):
    """Only the main thread may set handlers."""
    signal.signal(signal.SIGALRM, lambda *_: print("ring"))
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    return prints_in_handler(environ)


def ignores_signals(environ):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    return b"ignored"


def loops(environ):
    while True:
        pass


def flood(environ):
    """Four megabytes into each stream, and into descriptor 2, past them all."""
    line = "x" * 99 + "\n"
    for _ in range(40):
        for _ in range(1000):
            sys.stdout.write(line)
            sys.stderr.write(line)
            environ["wsgi.errors"].write(line)
        os.write(2, line.encode() * 1000)
    return b"flooded"


# What kills the worker.


def leave(environ):
    os._exit(7)


def segfault(environ):
    ctypes.string_at(0)


def aborts(environ):
    print("about to abort", file=sys.stderr)
    os.write(2, b"last words\n")
    os.abort()


def kills_itself(environ):
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def closes_our_pipes(environ):
    os.closerange(3, 256)
    return b"never"


def garbage(environ):
    """Into the pipe to the server, as a write to a wrong descriptor may do."""
    data = bytes.fromhex(query(environ))
    for fd in range(3, 64):
        try:
            os.write(fd, data)
        except OSError:
            pass
    return b"still here"


def application(environ, start_response):
    body = globals()[environ["PATH_INFO"].strip("/")](environ)
    start_response("200 OK", PLAIN)
    return [body]
