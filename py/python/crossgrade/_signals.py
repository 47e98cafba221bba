"""Ctrl-C, and requests to end: nothing unfinished is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Heard", "Terminated", "heard"]


PAUSE = 0.05
"""Seconds between two signals to a thread that has not heard the first."""


class Terminated(BaseException):
    """Somebody asked the program to end."""


class Heard:
    """The signal that asked the program to end, if one did."""

    def __init__(self) -> None:
        self.number: int | None = None


@contextlib.contextmanager
def heard() -> Iterator[Heard]:
    """Raise what Ctrl-C and requests to end are, so that nothing unfinished is left behind.

    What the caller has the program ignore, as `nohup` does, stays ignored. A second request does not end the tidying.
    """
    signals = Heard()
    names = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"]
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    free = [number for number in numbers if before[number] in {signal.SIG_DFL, signal.default_int_handler}]

    def end(number: int, _: object) -> NoReturn:
        signals.number = number
        for other in free:
            signal.signal(other, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield signals
        return
    for number in free:
        signal.signal(number, end)
    try:
        with _repeated(signals, free):
            yield signals
    finally:
        for number in free:
            signal.signal(number, before[number])


@contextlib.contextmanager
def _repeated(signals: Heard, numbers: list[signal.Signals]) -> Iterator[None]:
    """Send a signal of these to the main thread again until it was heard.

    Python calls handlers between two of its own steps. A signal that comes right before the main thread begins to wait
    for a pipe, or that another thread receives, does not end the waiting; the next one does.
    """
    if not hasattr(signal, "pthread_kill"):
        yield
        return
    main = threading.get_ident()
    receiver, sender = os.pipe()
    os.set_blocking(sender, False)

    def repeat() -> None:
        # Nothing comes any more once the sender is closed.
        while received := os.read(receiver, 1):
            # Whoever calls this from a program of their own may hear signals through a file too.
            if before >= 0 and received[0] not in numbers:
                with contextlib.suppress(OSError):
                    os.write(before, received)
            while received[0] in numbers and signals.number is None and not ended.is_set():
                signal.pthread_kill(main, received[0])
                time.sleep(PAUSE)

    ended = threading.Event()
    before = signal.set_wakeup_fd(sender, warn_on_full_buffer=False)
    thread = threading.Thread(target=repeat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        ended.set()
        os.close(sender)
        thread.join()
        os.close(receiver)
