"""The app worker of Request Lifeline: runs a WSGI application in a process of its own, beside the socket server.

The server speaks frames with it (`frames.py`) over pipes. It uses the standard library only, and imports little of
it, so that a worker starts fast and the application finds an interpreter as clean as it would be without us.
"""
