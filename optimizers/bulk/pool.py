"""Processes that stay warm, and that are made anew when one of them has died."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context, parent_process
from threading import Lock, Thread
from types import ModuleType, TracebackType
from typing import Any


class Pool:
    """A `client` for `sweep`: so many processes of this machine.

    Raises:
        ValueError: `processes` is less than 1.
    """

    def __init__(self, processes: int) -> None:
        if processes < 1:
            raise ValueError(f"a pool needs processes ≥ 1, got {processes}")
        self.processes, self._lock, self._executor = processes, Lock(), _executor(processes)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Has a function called in one of the processes."""
        with self._lock, _no_main_script():
            try:
                return self._executor.submit(function, *arguments)
            except BrokenProcessPool:
                self._executor.shutdown(wait=False)
                self._executor = _executor(self.processes)
                return self._executor.submit(function, *arguments)

    def close(self) -> None:
        """Ends the processes, once they have done what they are at."""
        with self._lock:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def _no_main_script() -> Iterator[None]:
    """A process that begins meanwhile does not run this one's script again: what it needs it imports."""
    main, none = sys.modules["__main__"], ModuleType("__main__")
    sys.modules["__main__"] = none
    try:
        yield
    finally:
        if sys.modules["__main__"] is none:  # else a script of the app that began meanwhile has put itself there
            sys.modules["__main__"] = main


def _executor(processes: int) -> ProcessPoolExecutor:
    """With processes that begin clean: a copy of one with threads may stand still for ever."""
    methods = get_all_start_methods()
    context = get_context("forkserver" if "forkserver" in methods else "spawn")
    return ProcessPoolExecutor(processes, context, initializer=_end_with_the_parent)


def _end_with_the_parent() -> None:
    """A process whose parent is killed ends too: nobody else would tell it."""
    Thread(target=_outlast, daemon=True).start()


def _outlast() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
