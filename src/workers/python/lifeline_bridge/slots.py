"""The threads that run calls, and how they share the work of reading frames.

Leader and followers: an idle slot that finds nobody reading becomes the leader. It reads a batch of frames and runs
the calls of that batch itself, one after another, without waking anybody: a wake-up costs more than a short call. The
other slots are parked.

When a call lasts, frames lie unread and answers unsent. The server notices (it has calls outstanding and hears nothing
for a moment) and sends a nudge. One more thread, the watch, wakes on nudges: it sends what is buffered, announces the
calls that run, and sees that somebody reads. That is a parked slot, or the watch itself while all slots are busy.

A thread whose call waits for its request body, or for credit, reads frames itself if nobody else does.

Each rule below that looks roundabout closes a race; the comment says which.
"""

from __future__ import annotations

import os
from _collections import deque  # as in `threading`: the package `collections` costs 2 ms at start
from _thread import allocate_lock, get_ident
from threading import Thread
from time import perf_counter

from . import frames
from .call import Call
from .client_gone import ClientGone
from .frame_reader import FrameReader
from .problem import traceback_text
from .processor_time import clock_of_this_thread, sample

_read_size = 65_536
_CALL = frames.to_worker.call
_BODY = frames.to_worker.body
_BODY_END = frames.to_worker.body_end
_ABORT = frames.to_worker.abort
_CREDIT = frames.to_worker.credit
_CLOCK = frames.to_worker.clock
_RECALL = frames.to_worker.recall


class Slot:
    def __init__(self, number: int) -> None:
        self.number = number
        # Held while the slot is parked.
        self.lock = allocate_lock()
        self.lock.acquire()
        # It was handed the lead: `reading` is held in its name.
        self.leads = False


class Slots:
    def __init__(self, worker, input_fd: int, nudge_fd: int, count: int) -> None:
        self._worker = worker
        self._output = worker.output
        self._input = input_fd
        self._nudge = nudge_fd
        self._count = count
        self._frames = FrameReader()
        # Held by the one thread that reads frames.
        self._reading = allocate_lock()
        # Calls that no slot has taken yet.
        self._pending: deque[Call] = deque()
        # Calls that are not over, by number.
        self._calls: dict[int, Call] = {}
        # The processor clock of each slot's thread, by number.
        self._clocks: dict[int, object] = {}
        # Idle slots.
        self._parked: list[Slot] = []
        # Threads that wait inside a call: thread to (call, lock to release).
        self._waiting: dict[int, tuple[Call, object]] = {}
        # Running calls of which the server knows nothing yet, by number.
        self.unannounced: dict[int, Call] = {}
        self._announcing = allocate_lock()

    def serve(self) -> None:
        """Runs the first slot on the calling thread, the others and the watch on threads of their own."""
        # The main thread leads first, and runs all calls of an app that never makes others wait: some libraries work
        # on the main thread only.
        first = Slot(1)
        self._reading.acquire()
        first.leads = True
        for number in range(2, self._count + 1):
            Thread(target=self._guard, args=(self._work, Slot(number)), name="slot %d" % number, daemon=True).start()
        Thread(target=self._guard, args=(self._watch,), name="watch", daemon=True).start()
        self._guard(self._work, first)

    def forsake(self) -> None:
        """In a forked child: forgets the lock that another thread may have held, and will never release."""
        self._announcing = allocate_lock()

    def wait(self, call: Call, is_ready) -> None:
        """Blocks the calling thread, which runs `call`, until `is_ready()`."""
        output = self._output
        if not output.is_open:
            raise ClientGone("A process that the app forked cannot speak with the client.")
        self.announce()
        output.flush()
        thread = get_ident()
        while not is_ready():
            lock = allocate_lock()
            lock.acquire()
            self._waiting[thread] = call, lock
            # Asked again: news that came before the line above has released nobody.
            if not is_ready():
                if self._reading.acquire(False):
                    self._lead()
                    # This thread is busy: somebody else must run what it has read.
                    for _ in range(len(self._pending)):
                        if not self._wake_parked():
                            break
                else:
                    lock.acquire()
            self._waiting.pop(thread, None)
        # Whoever also waits has perhaps relied on this thread to read.
        self._wake_waiting()

    def let_read(self) -> None:
        """Hands the lead to an idle slot where nobody reads: the calling thread will be busy for a while."""
        if self._reading.acquire(False) and not self._wake_parked(leads=True):
            self._reading.release()

    def announce(self) -> None:
        """Tells the server of every running call that it does not know to run."""
        with self._announcing:
            while self.unannounced:
                try:
                    number, call = self.unannounced.popitem()
                except KeyError:  # it has just ended
                    break
                if call.seen is None:
                    call.seen = sample(self._clocks[call.slot])
                self._output.add(frames.started(number, call.slot, call.began), perf_counter() * 1000.0)

    def claim(self, call: Call) -> None:
        """The call is about to send its first frame of a response: from here on it is not announced any more."""
        if self.unannounced.pop(call.number, None) is None:
            # It was announced, or is right now: then `started` must be added before what follows.
            with self._announcing:
                pass  # whoever held it has added it

    def _work(self, slot: Slot) -> None:
        calls = self._calls
        running = self._worker.streams.calls
        thread = get_ident()
        self._clocks[slot.number] = clock_of_this_thread()
        while True:
            call = self._next(slot)
            running[thread] = call
            call.run(slot.number)
            running[thread] = None
            calls.pop(call.number, None)
            # A thread of the app may have kept the call's body or write(): it must not wait for ever.
            call.gone = True
            if self._waiting:
                self._notify(call)
            if not self._output.is_open:
                # A child that the app forked and that returned into us: the parent serves, the child is done.
                os._exit(0)

    def _next(self, slot: Slot) -> Call:
        pending = self._pending
        while True:
            if slot.leads:
                slot.leads = False
                self._lead()
            if pending:
                try:
                    return pending.popleft()
                except IndexError:  # another slot was faster
                    continue
            self._output.flush()
            if self._reading.acquire(False):
                self._lead()
                # This thread goes on to run what it has read: a call that waits for frames must read them itself.
                if pending and self._waiting:
                    self._wake_waiting()
            else:
                self._park(slot)

    def _park(self, slot: Slot) -> None:
        self._parked.append(slot)
        # Asked again: a call that came, or a leader that left, before the line above has woken nobody.
        if self._pending or not self._reading.locked():
            try:
                self._parked.remove(slot)
                return
            except ValueError:
                pass  # it is being woken at this moment
        slot.lock.acquire()

    def _wake_parked(self, leads: bool = False) -> bool:
        try:
            slot = self._parked.pop()
        except IndexError:
            return False
        slot.leads = leads
        slot.lock.release()
        return True

    def _wake_waiting(self) -> None:
        try:
            _, (_, lock) = self._waiting.popitem()
        except KeyError:
            return
        lock.release()

    def _watch(self) -> None:
        output = self._output
        while True:
            try:
                nudge = os.read(self._nudge, 4096)
            except OSError:
                nudge = b""
            if not nudge:
                self._worker.leave()
            # Nobody listens to nudges until this thread is back: so long each frame leaves at once, and each call is
            # announced as it begins. Set before the flush, so that no frame falls between the two.
            output.eager = True
            self.announce()
            output.flush()
            # Not a mere look whether somebody reads: the leader may be about to run what it has read, and then nobody
            # would read what the nudge was for. A leader that only waits for frames keeps us here, which does no harm.
            self._reading.acquire()
            while True:
                # Each slot that wakes takes one pending call, the next one leads; where all are busy, this thread does.
                for _ in range(len(self._pending)):
                    if not self._wake_parked():
                        break
                if self._wake_parked(leads=True):
                    break
                self._read()
            output.eager = False

    def _lead(self) -> None:
        try:
            self._read()
        finally:
            self._reading.release()

    def _read(self) -> None:
        """Reads what has come and gives each frame to its call. The caller holds `reading`."""
        output = self._output
        output.flush()
        try:
            data = os.read(self._input, _read_size)
        except OSError:
            data = b""
        if not data:
            self._worker.leave()
        read_at = perf_counter() * 1000.0
        calls = self._calls
        try:
            batch = self._frames.feed(data)
        except ValueError as error:
            self._die(error)
        for kind, number, payload in batch:
            if kind == _CALL:
                call = Call(number, payload, self._worker)
                calls[number] = call
                self._pending.append(call)
                continue
            if kind == _CLOCK:
                (server,) = frames.f64.unpack(payload)
                answered = perf_counter() * 1000.0
                output.add(frames.clock(server, read_at, answered), answered)
                output.flush()
                continue
            call = calls.get(number)
            if call is None:
                continue  # it has ended meanwhile
            if kind == _BODY:
                call.body.append(payload)
            elif kind == _BODY_END:
                call.body.complete()
            elif kind == _CREDIT:
                call.allowed += frames.u32.unpack(payload)[0]
            elif kind == _ABORT:
                call.gone = True
                if payload[0] == 1:
                    self._give_back(call, read_at)
            elif kind == _RECALL:
                self._give_back(call, read_at)
            else:
                self._die(ValueError("an unknown frame of type %d" % kind))
            if self._waiting:
                self._notify(call)

    def _give_back(self, call: Call, now: float) -> None:
        """Forgets a call that no slot has taken yet; another one goes on."""
        try:
            self._pending.remove(call)
        except ValueError:  # a slot has taken it
            return
        self._calls.pop(call.number, None)
        self._output.add(frames.aborted(call.number, now), now)

    def _notify(self, call: Call) -> None:
        for thread, (waiter, _) in list(self._waiting.items()):
            # Taken out of the dictionary by one thread only, so that no lock is released twice.
            if waiter is call:
                found = self._waiting.pop(thread, None)
                if found:
                    found[1].release()

    def _guard(self, run, *arguments) -> None:
        """An error of our own must end the worker where the server can see it, not one thread in silence."""
        try:
            run(*arguments)
        except BaseException as error:
            self._die(error)

    def _die(self, error: BaseException) -> None:
        text = traceback_text(error, hides_bridge=False)
        try:
            os.write(2, b"The app worker of Request Lifeline failed:\n" + text.encode("utf-8", "backslashreplace"))
        finally:  # the app may have closed descriptor 2
            os._exit(70)
