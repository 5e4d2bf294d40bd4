"""The functions of `stable` for numbers, from NumPy's own alone, so that bounds on rounding go through them as well."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np


def softplus(u: Any) -> Any:
    """log(1 + exp(u))."""
    return np.logaddexp(0.0, u)


def one_over_cosh(u: Any) -> Any:
    """1/cosh(u), without cosh, which overflows."""
    tail = np.exp(-np.abs(u))
    return 2.0 * tail / (1.0 + tail * tail)


def log_cosh(u: Any) -> Any:
    """log(cosh(u)): up to 1 by sinh² of a half, so that no digit is lost at 0; from there on by what is added."""
    far = np.abs(u)
    near = np.minimum(far, 1.0)
    half = np.sinh(near / 2.0)
    return np.log1p(2.0 * half * half) + (far - near) + (np.log1p(np.exp(-2.0 * far)) - np.log1p(np.exp(-2.0 * near)))


def exp_beyond_line(u: Any) -> Any:
    """exp(u) - 1 - u: up to 1 by the series of exp, so that no digit is lost at 0; from there on by what is added."""
    near = np.minimum(np.maximum(u, -1.0), 1.0)
    series = 1.0
    for power in range(19, 2, -1):
        series = 1.0 + series * near / power
    return near * near / 2.0 * series + (np.exp(near) * np.expm1(u - near) - (u - near))


def norm(*parts: Any) -> Any:
    """√(u² + v² + ...); where a square would overflow or underflow, two at a time without squares."""
    result = np.sqrt(sum(part * part for part in parts))
    if not isinstance(result, np.ndarray | float):  # numbers with bounds on their rounding
        return result
    lost = ~((result > 1e-150) & (result < 1e150))
    if np.any(lost):
        whole = parts[0]
        for part in parts[1:]:
            whole = np.hypot(whole, part)
        result = np.where(lost, whole, result)
    return result


def ratio(u: Any, whole: Any) -> Any:
    """u/whole, as one division."""
    return u / whole


def root_squared(u: Any) -> Any:
    """u where √u is defined."""
    return u + 0.0 * np.sqrt(u)


def one_where_root(u: Any) -> Any:
    """1 where √u is defined."""
    return 1.0 + 0.0 * np.sqrt(u)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (softplus, one_over_cosh, log_cosh, exp_beyond_line, norm, ratio, root_squared, one_where_root)
}
TORCH = {
    "softplus": "def softplus(u):\n    return torch.logaddexp(torch.zeros_like(u), u)",
    "one_over_cosh": "def one_over_cosh(u):\n    return 1.0 / torch.cosh(u)",
    "log_cosh": """def log_cosh(u):
    far = torch.abs(u)
    near = torch.clamp(far, max=1.0)
    tail = torch.log1p(torch.exp(-2.0 * far)) - torch.log1p(torch.exp(-2.0 * near))
    return torch.log1p(2.0 * torch.sinh(near / 2.0) ** 2) + (far - near) + tail""",
    "exp_beyond_line": """def exp_beyond_line(u):
    near = torch.clamp(u, -1.0, 1.0)
    series = torch.ones_like(u)
    for power in range(19, 2, -1):
        series = 1.0 + series * near / power
    return near * near / 2.0 * series + (torch.exp(near) * torch.expm1(u - near) - (u - near))""",
    "norm": "def norm(*parts):\n    return torch.sqrt(sum(part * part for part in parts))",
    "root_squared": "def root_squared(u):\n    return u + 0.0 * torch.sqrt(u)",
}  # of a loss, whose derivatives PyTorch finds
