"""A compiled formula as Python to take away: for NumPy with its derivatives, or for PyTorch, which finds its own."""

import ast
import inspect
from collections.abc import Callable, Mapping

from landscapes.formula import stable_numbers
from landscapes.formula.limits import continued, limits
from landscapes.landscape import Array, Library, Program

COORDINATES = {"x", "y"}
OWN = {
    "numpy": {
        "sigmoid": "from scipy.special import expit as sigmoid",
        "erf": "from scipy.special import erf",
        "erfc": "from scipy.special import erfc",
        "modulus": "from numpy import abs as modulus",
        "larger": "from numpy import maximum as larger",
        "choose": "def choose(which, there, elsewhere):\n    return np.where(which > 0, there, elsewhere)",
        "relu": "def relu(u):\n    return np.maximum(u, 0.0)",
        "unit_step": "def unit_step(u):\n    return np.heaviside(u, 0.0)",
        "side": "from numpy import sign as side",
        **{name: inspect.getsource(function).rstrip() for name, function in stable_numbers.FUNCTIONS.items()},
    },
    "torch": {
        "modulus": "from torch import abs as modulus",
        "larger": "def larger(u, v):\n    return torch.where(u > v, u, v)",
        "choose": "def choose(which, there, elsewhere):\n    return torch.where(which > 0, there, elsewhere)",
        "power": "from torch import pow as power",
        "cbrt": "def cbrt(u):\n    return torch.sign(u) * torch.abs(u) ** (1.0 / 3.0)",
        **stable_numbers.TORCH,
    },
}  # names in compiled formulas that the library itself does not have
RENAMED = {"step": "unit_step"}  # a loop over steps, or a schedule, has the other name
PRODUCT = """def product(base, count):
    result = base
    for _ in range(count - 1):
        result = result * base
    return result"""
SHAPES = {"value": "{}", "gradient": "np.array([{0}, {1}], dtype=float)"}
HESSIAN = "np.array([[{0}, {1}], [{1}, {2}]], dtype=float)"


def program_of(
    functions: Mapping[str, Callable[..., object]], numbers: tuple[float, ...], half: Array | None
) -> Program:
    """The program of a landscape whose value, gradient and hessian were compiled, with its parameters set to numbers.

    Where it is not smooth, `half` are half the widths of its view: derivatives that are 0/0 are limits there.

    Nothing that a person typed is in it: names of parameters and pieces are the compiler's, numbers are numbers.
    """

    def program(library: Library) -> str:
        wanted = functions if library == "numpy" else {"value": functions["value"]}
        names: set[str] = set()
        written = []
        for name, function in wanted.items():
            (definition,) = ast.parse(inspect.getsource(function)).body
            assert isinstance(definition, ast.FunctionDef)
            parameters = [argument.arg for argument in definition.args.args][len(COORDINATES) :]
            parts = [node for node in ast.walk(definition) if isinstance(node, ast.Name)]
            for part in parts:
                part.id = RENAMED.get(part.id, part.id)
            set_here = {part.id for part in parts if isinstance(part.ctx, ast.Store)}
            names |= {part.id for part in parts} - set_here - COORDINATES - set(parameters)
            written.append(_function(name, definition, library, half))
        header = [f"{key} = {_number(value, library)}" for key, value in zip(parameters, numbers, strict=True)]
        limit = [inspect.getsource(part).rstrip() for part in (limits, continued)]
        rough = limit if library == "numpy" and half is not None else []
        return "\n\n\n".join([*_needed(names, library), *rough, *(["\n".join(header)] if header else []), *written])

    return program


def _number(number: float, library: Library) -> str:
    """A parameter as the library's own number, whose 1/0 is infinite."""
    return f"np.float64({number!r})" if library == "numpy" else f"torch.tensor({number!r}, dtype=torch.float64)"


def _function(name: str, definition: ast.FunctionDef, library: Library, half: Array | None) -> str:
    """One compiled function of (x, y, *parameters), as a function of a point."""
    *assignments, last = definition.body
    assert isinstance(last, ast.Return)
    assert last.value is not None
    entries = last.value.elts if isinstance(last.value, ast.List) else [last.value]
    shown = [ast.unparse(entry) for entry in entries]
    result = (HESSIAN if name == "hessian" else SHAPES[name]).format(*shown)
    used = {node.id for node in ast.walk(last) if isinstance(node, ast.Name)}
    if library == "torch" and not assignments and not used & COORDINATES:
        result = f"{result} + 0.0 * x"  # a constant, which still has a gradient: 0
    lines = ["x, y = p", *map(ast.unparse, assignments)]
    body = "".join(f"\n    {line}" for line in lines)
    if name == "value" or half is None:
        return f"def {name}(p):{body}\n    return {result}"
    return (
        f"def {name}_as_written(p):{body}\n    return {result}\n\n\n"
        f"def {name}(p):\n    return continued({name}_as_written, value, p, np.array({half.tolist()}))"
    )


def _needed(names: set[str], library: Library) -> list[str]:
    """Imports and definitions of the functions that a formula calls."""
    own = OWN[library]
    called = sorted(names - {"product"} - own.keys())
    lines = [f"from {library} import {', '.join(called)}"] if called else []
    imports = [own[name] for name in sorted(names & own.keys()) if own[name].startswith("from")]
    definitions = [own[name] for name in sorted(names & own.keys()) if own[name].startswith("def")]
    top = "\n".join([*lines, *imports])
    return [part for part in [top, *definitions, PRODUCT if "product" in names else ""] if part]
