"""What rules remember of the past: how much each gradient counts, and how far a young memory can be trusted."""

from optimizers.memory.early import TRACTABLE, EarlySpread, early_spread, rectification
from optimizers.memory.weights import MEMORIES, MemoryWeights, Remembered, memory_weights

__all__ = [
    "MEMORIES",
    "TRACTABLE",
    "EarlySpread",
    "MemoryWeights",
    "Remembered",
    "early_spread",
    "memory_weights",
    "rectification",
]
