"""Who computes large maps beside this process: processes of this machine that stay warm, or a Dask cluster."""

import logging
import os
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any

from optimizers.bulk import Pool

SETTING = "FALL_LINE_CLUSTER"  # the environment's name for the address of a Dask scheduler, such as tcp://10.0.0.5:8786
ADDRESS = os.environ.get(SETTING, "")
WAIT = 5  # seconds for a scheduler to answer
MOST = 4  # processes of this machine: they take about 100 MB each
DASK = import_module("distributed") if ADDRESS else None
LOG = logging.getLogger(__name__)
_lock = Lock()


def workers() -> Any:
    """What `sweep` takes as a client; None where this process is all there is. Begun when first asked for."""
    with _lock:
        try:
            return _cluster() if DASK else _processes()
        except OSError as error:
            LOG.warning("%s does not answer, so that this process computes: %s", ADDRESS, error)
            return None


@cache
def _cluster() -> Any:
    return import_module("distributed").Client(ADDRESS, timeout=WAIT, set_as_default=False)


@cache
def _processes() -> Pool | None:
    count = min(os.cpu_count() or 1, MOST)
    return Pool(count) if count > 1 else None
