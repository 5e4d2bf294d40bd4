"""What was computed once is there for all who ask for the same: computed by one of them, held within stated bounds."""

from caching.cached import Cached, cached, computed, forget, held
from caching.pools import POOLS, Pool
from caching.size import bytes_of

__all__ = ["POOLS", "Cached", "Pool", "bytes_of", "cached", "computed", "forget", "held"]
