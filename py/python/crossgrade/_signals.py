"""Ctrl-C, and requests to end: nothing unfinished is left behind."""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Heard", "Terminated", "heard"]


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
        yield signals
    finally:
        for number in free:
            signal.signal(number, before[number])
