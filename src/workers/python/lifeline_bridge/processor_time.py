"""How much processor time a call took, at no cost for the short ones.

To read a thread's processor time is a system call, two of which would cost more than the rest of a short call. A call
that lasts is announced to the server: its thread's clock is read then, from whichever thread that happens on, and
again on its own thread when it ends. What it took in the few milliseconds before is estimated from the rest.
"""

from __future__ import annotations

from _thread import get_ident
from math import nan
from time import perf_counter, thread_time

try:
    from time import clock_gettime, pthread_getcpuclockid
except ImportError:  # Windows and macOS: no thread can read the clock of another
    pthread_getcpuclockid = None

# Whether a call must read its clock itself when it begins.
reads_at_start = pthread_getcpuclockid is None


def clock_of_this_thread():
    return None if pthread_getcpuclockid is None else pthread_getcpuclockid(get_ident())


def sample(clock) -> tuple[float, float]:
    """The time and what the clock's thread has used so far, both in ms."""
    used = thread_time() if clock is None else clock_gettime(clock)
    return perf_counter() * 1000.0, used * 1000.0


def time_since(first: tuple[float, float] | None, began: float, ended: float) -> float:
    """What the calling thread used from `began` to `ended`, which is now; NaN where too little of it was seen."""
    if first is None:
        return nan
    at, used = first
    seen = ended - at
    lasted = ended - began
    if seen <= 0.0 or seen < lasted / 4:
        return nan
    return min((thread_time() * 1000.0 - used) * lasted / seen, lasted)
