"""A request to end is heard wherever it comes: Python's own handlers wait for the main thread's next step."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

PROGRAM = """
import os, signal, sys, threading
from crossgrade._signals import Terminated, heard

receiver, sender = os.pipe()
waits = threading.Event()

def send():
    waits.wait()
    # This thread receives it: the system does not wake the main thread, which reads what never comes.
    signal.pthread_kill(threading.get_ident(), int(sys.argv[1]))

threading.Thread(target=send, daemon=True).start()
try:
    with heard() as signals:
        waits.set()
        os.read(receiver, 1)
except (KeyboardInterrupt, Terminated):
    print(signals.number, signal.set_wakeup_fd(-1), threading.active_count())
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM])
def test_a_signal_that_another_thread_receives_ends_the_waiting(number: signal.Signals) -> None:
    program = subprocess.run(  # noqa: S603 (a program of this test)
        [sys.executable, "-W", "ignore", "-c", PROGRAM, str(int(number))],
        capture_output=True,
        timeout=60,
        check=False,
        text=True,
    )
    # The thread that sent it may still be ending.
    number_heard, wakeup, threads = program.stdout.split()
    assert (int(number_heard), wakeup, program.stderr) == (number, "-1", "")
    assert int(threads) <= 2


HOST = """
import os, signal, socket, sys
from crossgrade._signals import heard

ours, theirs = socket.socketpair()
theirs.setblocking(False)
signal.signal(signal.SIGUSR1, lambda *_: None)
signal.set_wakeup_fd(theirs.fileno())
with heard():
    os.kill(os.getpid(), signal.SIGUSR1)
    ours.settimeout(20)
    print(ours.recv(1)[0] == signal.SIGUSR1, signal.set_wakeup_fd(-1) != theirs.fileno())
"""


def test_signals_that_are_not_ours_reach_the_file_of_the_host() -> None:
    program = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", HOST], capture_output=True, timeout=60, check=False, text=True
    )
    assert (program.stdout, program.stderr) == ("True True\n", "")
