"""A cluster on this machine, for the example `cluster_round.py`: RisPort and the pages of its phones.

It speaks to the loopback address only. The phones misbehave as in life: one is slow, one asks for a password, one shows a page
for people, one hangs up, and one is not there.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CLUSTER = Path(__file__).resolve().parent.parent / "data" / "cluster"
SLOW = 3.0
"""How many seconds the slow phone takes: longer than the example waits."""


class _Cluster(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """RisPort: every question gets the whole cluster for an answer."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/realtimeservice2/services/RISService70":
            self._answer(HTTPStatus.OK, (CLUSTER / "risport.xml").read_bytes(), "text/xml")
        else:
            self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def do_GET(self) -> None:
        """Phones: `/10.0.1.11/DeviceInformationX` stands for `http://10.0.1.11/DeviceInformationX`."""
        address = self.path.split("/")[1]
        if address == "10.0.1.12":
            self._answer(HTTPStatus.OK, _page(address), "text/xml", delay=SLOW)
        elif address == "10.0.1.13":
            self.connection.close()
        elif address == "10.0.1.14":
            self._answer(HTTPStatus.UNAUTHORIZED, (CLUSTER / "pages" / "10.0.1.14.html").read_bytes(), "text/html")
        elif address == "10.0.1.15":
            people = b"<html><head><title>Cisco IP Phone CP-7841</title></head><body>Device Information</body></html>"
            self._answer(HTTPStatus.OK, people, "text/html")
        else:
            self._answer(HTTPStatus.OK, _page(address), "text/xml")

    def _answer(self, status: HTTPStatus, body: bytes, content: str, delay: float = 0.0) -> None:
        time.sleep(delay)
        try:
            self.send_response(status)
            self.send_header("Content-Type", content)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            # Whoever asked has given up.
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _page(address: str) -> bytes:
    page = CLUSTER / "pages" / f"{address}.xml"
    return page.read_bytes() if page.is_file() else b""


@contextmanager
def running() -> Iterator[str]:
    """Run the cluster on a free port of the loopback address, and give its URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Cluster)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()
