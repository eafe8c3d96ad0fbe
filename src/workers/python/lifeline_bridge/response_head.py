"""What an app hands to start_response, checked by the rules of PEP 3333 and encoded for the server.

Apps send the same few statuses and fields over and over. What has passed the checks once is remembered together with
its encoded form, so that the checks cost nothing where it matters.
"""

from __future__ import annotations

from .frames import head_flags
from .rules import broken

# RFC 9110 section 5.6.2, `token`
_token = frozenset("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
# RFC 9110 section 5.5: a value holds no control character; HTAB is the exception
_control = frozenset(map(chr, [*range(0x20), 0x7F])) - {"\t"}
# PEP 3333, "Other HTTP Features": the connection belongs to the server (wsgiref.util.is_hop_by_hop has the same list)
_hop_by_hop = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization te trailers transfer-encoding upgrade".split()
)

# What a frame has room for: the server counts bodies in a float64, and the reason in 16 bits.
_longest_length = 15
_longest_reason = 0xFFFF

_most_remembered = 1000
_statuses: dict[str, tuple[int, bytes]] = {}
_fields: dict[tuple[str, str], tuple[bytes, int, int]] = {}


def response_head(status: str, headers: list) -> tuple[int, bytes, bytes, int, int]:
    """Returns status code, reason, header lines, Content-Length or -1, and `head_flags`."""
    code, reason = (_statuses.get(status) if type(status) is str else None) or _check_status(status)
    if not isinstance(headers, list):
        message = "start_response() takes the headers as a list, not %s." % _kind(headers)
        raise broken(TypeError, "malformed-headers", message)
    lines = []
    flags = 0
    length = -1
    for field in headers:
        try:
            known = _fields.get(field)
        except TypeError:  # it cannot be hashed, so it is not a tuple of two strings: the check says so
            known = None
        line, flag, value = known or _check_field(field)
        lines.append(line)
        flags |= flag
        if value >= 0:
            if length >= 0:
                raise broken(ValueError, "second-content-length", "The app gave Content-Length twice: give it once.")
            length = value
    return code, reason, b"".join(lines), length, flags


def _check_status(status: str) -> tuple[int, bytes]:
    if not isinstance(status, str):
        message = 'start_response() takes the status as a str such as "200 OK", not %s.' % _kind(status)
        raise broken(TypeError, "malformed-status", message)
    digits, space, reason = status.partition(" ")
    if not (len(digits) == 3 and digits.isascii() and digits.isdigit() and space):
        message = 'The status must be three digits, a space and a reason, such as "200 OK", not %r.' % status
        raise broken(ValueError, "malformed-status", message)
    if digits < "100":
        raise broken(ValueError, "bad-status", "The status %r is below 100; those of responses begin at 200." % status)
    if not _control.isdisjoint(reason):
        raise broken(ValueError, "malformed-status", "The status %r holds a control character: remove it." % status)
    if len(reason) > _longest_reason:
        raise ValueError("The reason phrase has %d characters; %d are the most." % (len(reason), _longest_reason))
    checked = int(digits), _latin1(reason, "reason phrase")
    _remember(_statuses, status, checked)
    return checked


def _check_field(field) -> tuple[bytes, int, int]:
    if not isinstance(field, tuple) or len(field) != 2:
        message = "Each header must be a tuple of two str, a name and a value, not %r." % (field,)
        raise broken(TypeError, "malformed-headers", message)
    name, value = field
    if not isinstance(name, str) or not isinstance(value, str):
        kind = _kind(value if isinstance(name, str) else name)
        raise broken(TypeError, "malformed-headers", "Header names and values must be str, not %s: %r." % (kind, field))
    if not name or not _token.issuperset(name):
        message = "%r is no header name: letters, digits and !#$%%&'*+-.^_`|~ may stand in one." % name
        raise broken(ValueError, "bad-name", message)
    lower = name.lower()
    if lower in _hop_by_hop:
        message = "The app set the header %s, which is about the connection and belongs to the server: leave it out."
        raise broken(AssertionError, "hop-by-hop", message % name)
    if not _control.isdisjoint(value):
        found = next(character for character in value if character in _control)
        message = "The value of the header %s holds the control character %r: remove it." % (name, found)
        raise broken(ValueError, "malformed-value", message)
    length = -1
    if lower == "content-length":
        if not (value.isascii() and value.isdigit()):
            raise broken(ValueError, "bad-content-length", "Content-Length must be digits only, not %r." % value)
        if len(value) > _longest_length:
            raise ValueError("Content-Length has %d digits; no body is that long." % len(value))
        length = int(value)
    flag = head_flags.date if lower == "date" else head_flags.server if lower == "server" else 0
    line = ("%s: %s\r\n" % (name, value)) if value else name + ":\r\n"
    checked = _latin1(line, "header " + name), flag, length
    # Long values are cookies and tokens: seen once, and not worth the memory.
    if len(value) < 200:
        _remember(_fields, (name, value), checked)
    return checked


def _latin1(text: str, what: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError as error:
        character = text[error.start]
        message = "The %s holds %r, which latin-1 does not have: encode it first." % (what, character)
        raise broken(ValueError, "not-latin-1", message) from None


def _remember(cache: dict, key, value) -> None:
    if len(cache) >= _most_remembered:
        cache.clear()
    cache[key] = value


def _kind(value: object) -> str:
    return type(value).__name__
