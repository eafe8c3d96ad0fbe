"""What an app hands to start_response, checked by the rules of PEP 3333 and encoded for the server.

Apps send the same few statuses and fields over and over. What has passed the checks once is remembered together with
its encoded form, so that the checks cost nothing where it matters.
"""

from __future__ import annotations

from .frames import head_flags

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
        raise TypeError(
            "start_response() takes the headers as a list, not %s (PEP 3333, The start_response() Callable)."
            % _kind(headers)
        )
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
                raise ValueError("The app gave Content-Length twice (RFC 9110 section 8.6 allows one).")
            length = value
    return code, reason, b"".join(lines), length, flags


def _check_status(status: str) -> tuple[int, bytes]:
    where = "(PEP 3333, The start_response() Callable)"
    if not isinstance(status, str):
        raise TypeError(
            'start_response() takes the status as a str such as "200 OK", not %s %s.' % (_kind(status), where)
        )
    digits, space, reason = status.partition(" ")
    if not (len(digits) == 3 and digits.isascii() and digits.isdigit() and space):
        raise ValueError(
            'The status must be three digits, a space and a reason, such as "200 OK", not %r %s.' % (status, where)
        )
    if digits < "100":
        raise ValueError("The status %r is below 100 (RFC 9110 section 15)." % status)
    if not _control.isdisjoint(reason):
        raise ValueError("The status %r holds a control character %s." % (status, where))
    if len(reason) > _longest_reason:
        raise ValueError("The reason phrase has %d characters; %d are the most." % (len(reason), _longest_reason))
    checked = int(digits), _latin1(reason, "reason phrase")
    _remember(_statuses, status, checked)
    return checked


def _check_field(field) -> tuple[bytes, int, int]:
    where = "(PEP 3333, The start_response() Callable)"
    if not isinstance(field, tuple) or len(field) != 2:
        raise TypeError("Each header must be a tuple of two str, a name and a value, not %r %s." % (field, where))
    name, value = field
    if not isinstance(name, str) or not isinstance(value, str):
        kind = _kind(value if isinstance(name, str) else name)
        raise TypeError("Header names and values must be str, not %s: %r %s." % (kind, field, where))
    if not name or not _token.issuperset(name):
        raise ValueError(
            "%r is no header name: RFC 9110 section 5.1 allows letters, digits and !#$%%&'*+-.^_`|~." % name
        )
    lower = name.lower()
    if lower in _hop_by_hop:
        raise AssertionError(
            "The app set the header %s, which is about the connection and belongs to the server"
            " (PEP 3333, Other HTTP Features)." % name
        )
    if not _control.isdisjoint(value):
        found = next(character for character in value if character in _control)
        raise ValueError("The value of the header %s holds the control character %r %s." % (name, found, where))
    length = -1
    if lower == "content-length":
        if not (value.isascii() and value.isdigit()):
            raise ValueError("Content-Length must be digits only, not %r (RFC 9110 section 8.6)." % value)
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
        raise ValueError(
            "The %s holds %r, which latin-1 does not have; encode it first (PEP 3333, Unicode Issues)."
            % (what, character)
        ) from None


def _remember(cache: dict, key, value) -> None:
    if len(cache) >= _most_remembered:
        cache.clear()
    cache[key] = value


def _kind(value: object) -> str:
    return type(value).__name__
