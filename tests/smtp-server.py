"""The mail server of the tests: takes mail from who signs in, and refuses some addresses."""

import logging
import pathlib
import signal
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

folder = pathlib.Path(sys.argv[1])
# It warns that the credentials travel unencrypted: over loopback, in a test.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class Box:
    """Keeps mails; `gone@` is refused for good and `later@` for now."""

    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return f"550 5.1.1 <{address}> unknown"
        if address.startswith("later@"):
            return f"451 4.3.0 <{address}> try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Box.count += 1
        (folder / f"{Box.count:04}.new").write_bytes(envelope.content)
        (folder / f"{Box.count:04}.new").rename(folder / f"{Box.count:04}.eml")
        return "250 OK"


def authenticate(server, session, envelope, mechanism, credentials):
    right = credentials.login == b"sentry" and credentials.password == b"between us"
    return AuthResult(success=right)


class FreePort(Controller):
    """Listens on a port that is free; which one is known once it listens."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = FreePort(
    Box(), hostname="127.0.0.1", port=0, authenticator=authenticate, auth_required=True, auth_require_tls=False
)
controller.start()
print(controller.port, flush=True)
signal.sigwait({signal.SIGTERM, signal.SIGINT})
