"""The same Falcon app, and wsgiref.validate between it and the server: a break of PEP 3333 on either side is a 500."""

from wsgiref.validate import validator

from falcon_app import app

application = validator(app)
