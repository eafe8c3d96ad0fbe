"""The rules of PEP 3333 and RFC 9110 that an app can be seen to break, or to follow and do better.

Each has a code, which tests and searches rely on, says how grave it is, and where it stands. What is told of a broken
rule is a finding; a rule that leaves nothing to send is also an exception, raised in the app where it is at fault.

One rule cannot be seen from here: a middleware must call the close() of the iterable that it wraps.
"""

from __future__ import annotations

_start_response = "PEP 3333, The start_response() Callable"
_details = "PEP 3333, Specification Details"
_content_length = "RFC 9110, 8.6. Content-Length"

rules = {
    "malformed-status": ("error", _start_response),
    "malformed-headers": ("error", _start_response),
    "malformed-value": ("error", _start_response),
    "second-start-response": ("error", _start_response),
    "late-start-response": ("error", _start_response),
    "no-start-response": ("error", _start_response),
    "bad-status": ("error", "RFC 9110, 15. Status Codes"),
    "bad-name": ("error", "RFC 9110, 5.1. Field Names"),
    "bad-content-length": ("error", _content_length),
    "second-content-length": ("error", _content_length),
    "hop-by-hop": ("error", "PEP 3333, Other HTTP Features"),
    "not-latin-1": ("error", "PEP 3333, Unicode Issues"),
    "not-bytes": ("error", "PEP 3333, Unicode Issues"),
    "not-iterable": ("error", _details),
    "close-raised": ("error", _details),
    "body-too-long": ("warning", "PEP 3333, Handling the Content-Length Header"),
    "write": ("info", "PEP 3333, The write() Callable"),
    "tiny-blocks": ("info", "PEP 3333, Buffering and Streaming"),
}

_longest_message = 1000


def finding(code: str, message: str) -> dict:
    level, reference = rules[code]
    if len(message) > _longest_message:
        message = message[:_longest_message] + "…"
    return {"level": level, "code": code, "message": message, "reference": reference}


def broken(kind: type, code: str, message: str) -> Exception:
    """The exception for the app that broke a rule. It names the rule, and carries its finding for the call to tell."""
    found = finding(code, message)
    error = kind("%s (%s)." % (found["message"].rstrip("."), found["reference"]))
    error.lifeline_finding = found
    return error
