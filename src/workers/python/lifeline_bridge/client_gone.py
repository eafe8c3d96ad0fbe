class ClientGone(ConnectionAbortedError):
    """Raised in the app where it reads from, or writes to, a client that has closed its connection."""
