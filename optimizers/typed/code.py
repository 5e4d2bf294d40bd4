"""A typed rule as Python to take away, written from its tree alone: no text that was typed is in it as it was.

One class writes the formulas; NumPy and PyTorch differ in how they call the same things.
"""

import keyword
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from landscapes.formula import Call, Name, Negative, Node, Number, Power, Product, Sum
from optimizers.optimizer import Optimizer, Written, as_schedule
from optimizers.rules.arithmetic import apply, dot, norm
from optimizers.typed.evaluate import divided, of_eigenvalues, raised, reciprocal
from optimizers.typed.knobs import guessed
from optimizers.typed.layout import asks_gradient, own_ranks, ranks_of
from optimizers.typed.program import BEFORE, GIVEN, MATRIX, NUMBER, VECTOR, Program, parts, rank_of

Ranks = Mapping[str, int | None]
HELPERS: Mapping[str, Callable[..., Any]] = {
    each.__name__: each for each in (apply, divided, dot, norm, of_eigenvalues, raised, reciprocal)
}
RESERVED = {*HELPERS, "np", "torch", "number", "rate", "state", "group", "closure", "loss", "self", "init", "update"}
RESERVED |= {"landscape", "len", "here", "lr", "params", "as_schedule", "your_rule", "Optimizer", "YourRuleState"}
IN_NUMPY: Mapping[str, str] = {
    **{name: f"np.{name}({{}})" for name in ("sqrt", "abs", "sign", "exp", "log", "sin", "cos", "tanh")},
    "max": "np.maximum({}, {})",
    "min": "np.minimum({}, {})",
    "dot": "dot({}, {})",
    "norm": "norm({})",
    "norm1": "np.abs({}).sum(axis=0)",
    "gradient": "landscape.gradient({})",
    "value": "landscape.value({})",
}
OF_MATRICES: Mapping[str, str] = {
    "inverse": "of_eigenvalues({}, reciprocal)",
    "abs": "of_eigenvalues({}, np.abs)",
}
IN_TORCH: Mapping[str, str] = {
    **{name: f"torch.{name}({{}})" for name in ("sqrt", "abs", "sign", "exp", "log", "sin", "cos", "tanh")},
    "max": "torch.maximum({}, {})",
    "min": "torch.minimum({}, {})",
    "dot": "({} * {}).sum()",
    "norm": "torch.sqrt(torch.square({}).sum())",
    "norm1": "torch.abs({}).sum()",
    "gradient": "self.gradient({}, closure)",
    "value": "self.value({}, closure)",
}


@dataclass(frozen=True)
class Writer:
    """Writes formulas of a rule in Python, operation by operation in the order in which they are calculated here."""

    calls: Mapping[str, str]
    number: str  # makes a number of the library's own of a plain one, which cannot be divided by 0
    names: Mapping[str, str]
    ranks: Ranks
    power: Callable[[str, Node, str], str]  # base, exponent, and how that is written

    def code(self, node: Node) -> str:
        """A formula in Python."""
        match node:
            case Number(value=value):
                return repr(value)
            case Name(name=name):
                return self.names[name]
            case Negative(operand=operand):
                return f"-{self.tight(operand)}"
            case Sum(terms=terms):
                (_, first), *others = terms
                return self.code(first) + "".join(f" {sign} {self.tight(term, Sum, Negative)}" for sign, term in others)
            case Product(factors=factors):
                return self.product(factors)
            case Power(base=base, exponent=exponent):
                return self.power(self.argument(base), exponent, self.argument(exponent))
            case Call(name=name, arguments=arguments):
                of_matrix = rank_of("", arguments[0], self.ranks) == MATRIX
                shape = OF_MATRICES[name] if of_matrix else self.calls[name]
                return shape.format(*map(self.argument, arguments))
        raise TypeError(f"a rule has no {type(node).__name__.lower()}")

    def product(self, factors: Sequence[tuple[str, Node]]) -> str:
        """Factors from left to right; a quotient, and a matrix before a vector, are functions."""
        (_, first), *others = factors
        line, left = self.tight(first), rank_of("", first, self.ranks)
        for place, (sign, factor) in enumerate(others):
            rank = rank_of("", factor, self.ranks)
            if (left, rank) == (MATRIX, VECTOR):
                line, left = f"apply({line}, {self.code(factor)})", VECTOR
                continue
            if sign == "/":
                line = f"divided({line if place else self.argument(first)}, {self.argument(factor)})"
            else:
                line = f"{line} * {self.tight(factor)}"
            left = max(left or NUMBER, rank or NUMBER)
        return line

    def argument(self, node: Node) -> str:
        """A formula as a function takes it: one of plain numbers alone is made a number of the library's."""
        code = self.code(node)
        constant = not any(isinstance(part, Name | Call) for part in parts(node))
        return f"{self.number}({code})" if constant and self.number not in code else code

    def tight(self, node: Node, *loose: type) -> str:
        """A formula in brackets where it is of one of these kinds: by default of those that a product puts in them."""
        return f"({self.code(node)})" if isinstance(node, loose or (Sum, Negative, Product)) else self.code(node)


def identifiers(program: Program) -> dict[str, str]:
    """What every name of a rule is called in Python, where some names have another meaning already."""
    every = [*program.knobs, *GIVEN, *(line.name for line in program.lines), *program.memory]
    found: dict[str, str] = {}
    for name in dict.fromkeys([*every, *(name + BEFORE for name in [*program.memory, "p"])]):
        safe = f"{name}_" if keyword.iskeyword(name) or name in RESERVED else name
        while safe in found.values():
            safe += "_"
        found[name] = safe
    return found


def names_in(program: Program) -> set[str]:
    """The names that the formulas of a rule read."""
    return {part.name for line in program.lines for part in parts(line.formula) if isinstance(part, Name)}


def in_numpy(program: Program) -> Written:
    """The factory of the rule, as those of the built-in ones are written."""
    names, own, ranks, used = identifiers(program), own_ranks(program), ranks_of(program), names_in(program)
    body = []
    for line in program.lines:
        writer = Writer(IN_NUMPY, "np.float64", names, ranks[line.place], lambda a, _, b: f"raised({a}, {b})")
        code, wanted = writer.code(line.formula), own.get(line.name)
        if wanted is not None and rank_of("", line.formula, ranks[line.place]) != wanted:
            code = f"np.broadcast_to({code}, {SHAPES[wanted]}).copy()"
        body.append(f"{names[line.name]} = {code}")
    rated = "learning_rate" in program.knobs
    start = ["t = np.float64(state.t + 1)"] * ("t" in used)
    start += ["learning_rate = np.float64(rate(state.t))"] * rated
    start += ["here = p"] * ("p" in program.memory)
    start += [f"{names['p' + BEFORE]} = p"] * ("p" + BEFORE in used and "p" not in program.memory)
    for name in program.memory:
        start += [f"{names[name + BEFORE]} = state.{names[name]}"] * (name + BEFORE in used)
        start += [f"{names[name]} = state.{names[name]}"] * (name not in GIVEN)
    start += ["g = landscape.gradient(p)"] * asks_gradient(program)
    start += ["hessian = landscape.hessian(p)"] * ("hessian" in used)
    start += ["identity = np.eye(len(p))"] * ("identity" in used)
    zeros = ["p" if name == "p" else f"np.zeros({SHAPES[rank]})" for name, rank in program.memory.items()]
    kept = [names[name] if name != "p" else "here" for name in program.memory]
    text = "\n".join(
        [
            "class YourRuleState(NamedTuple):",
            "    t: int",
            *(f"    {names[name]}: np.ndarray" for name in program.memory),
            "",
            "",
            f"def your_rule({', '.join(names[name] for name in program.knobs)}):",
            *["    rate = as_schedule(learning_rate)"] * rated,
            *(f"    {names[name]} = np.float64({names[name]})" for name in program.knobs if name != "learning_rate"),
            "",
            "    def init(p):",
            f"        return YourRuleState({', '.join(['0', *zeros])})",
            "",
            "    def update(p, state, landscape):",
            *(f"        {line}" for line in [*start, *body]),
            f"        return p, YourRuleState({', '.join(['state.t + 1', *kept])})",
            "",
            f"    return Optimizer(init, update{', rate=rate' * rated})",
        ]
    )
    called = set(re.findall(r"\w+", text))
    helpers = [helper for name, helper in HELPERS.items() if name in called]
    needs: list[Callable[..., Any]] = [Optimizer, *[as_schedule] * rated, *helpers]
    return Written(text, tuple(needs), names)


def in_torch(program: Program) -> Written | None:
    """The rule as an optimizer of PyTorch, of all parameters as one vector; None where it asks for a matrix."""
    used = names_in(program)
    calls = {node.name for line in program.lines for node in parts(line.formula) if isinstance(node, Call)}
    if used & {"hessian", "identity"} or MATRIX in program.memory.values():
        return None
    names, own, ranks = identifiers(program), own_ranks(program), ranks_of(program)
    body = []
    for line in program.lines:
        writer = Writer(IN_TORCH, "number", names, ranks[line.place], power_in_torch)
        code, wanted = writer.argument(line.formula), own.get(line.name)
        if wanted is not None and rank_of("", line.formula, ranks[line.place]) != wanted:
            code = f"torch.broadcast_to({code}, p.shape).clone()"
        body.append(f"{names[line.name]} = {code}")
    knobs = sorted(program.knobs, key=lambda name: name != "learning_rate")  # as in PyTorch the rate comes first
    keys = {name: "lr" if name == "learning_rate" else names[name] for name in knobs}
    zeros = {NUMBER: "number(0.0)", VECTOR: "torch.zeros_like(p)"}
    start = [f'{names[name]} = number(group["{key}"])' for name, key in keys.items()]
    start += ['t = number(state["t"] + 1.0)'] * ("t" in used) + ["here = p"] * ("p" in program.memory)
    start += [f"{names['p' + BEFORE]} = p"] * ("p" + BEFORE in used and "p" not in program.memory)
    for name in program.memory:
        start += [f'{names[name + BEFORE]} = state["{names[name]}"]'] * (name + BEFORE in used)
        start += [f'{names[name]} = state["{names[name]}"]'] * (name not in GIVEN)
    start += ["g = self.flat_gradient()"] * asks_gradient(program)
    source = TORCH_CLASS.format(
        parameters="".join(f", {key}={guessed(name, program).default!r}" for name, key in keys.items()),
        defaults=", ".join(f'"{key}": {key}' for key in keys.values()),
        memory="".join(
            f", {names[name]}={'p' if name == 'p' else zeros[rank]}" for name, rank in program.memory.items()
        ),
        kept="".join(f", {names[name]}={names[name] if name != 'p' else 'here'}" for name in program.memory),
        lines="\n".join(f"        {line}" for line in [*start, *body]),
    )
    again = [TORCH_AGAIN[name] for name in ("gradient", "value") if name in calls]
    parts_of_it = [*[DIVIDED_IN_TORCH] * ("divided(" in source), source, *[TORCH_AT] * bool(again), *again]
    return Written("\n".join(parts_of_it).rstrip(), (), keys)


def power_in_torch(base: str, node: Node, exponent: str) -> str:
    """A power in PyTorch: a square is a product, a root a root."""
    match node:
        case Number(value=2.0):
            return f"torch.square({base})"
        case Number(value=0.5):
            return f"torch.sqrt({base})"
    return f"torch.pow({base}, {exponent})"


SHAPES = {NUMBER: "p.shape[1:]", VECTOR: "p.shape", MATRIX: "(len(p), *p.shape)"}
DIVIDED_IN_TORCH = """def divided(a, b):
    quotient = a / b
    return torch.where((a == 0) & (b == 0), torch.zeros_like(quotient), quotient)  # no gradient, no step

"""
TORCH_CLASS = """class YourRule(torch.optim.Optimizer):
    def __init__(self, params{parameters}):
        super().__init__(params, {{{defaults}}})
        if len(self.param_groups) != 1:
            raise ValueError("YourRule takes one group of parameters: it moves all of them as one vector")

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        group = self.param_groups[0]
        p = torch.cat([each.reshape(-1) for each in group["params"]])
        number = p.new_tensor
        state = self.state[group["params"][0]]
        if not state:
            state.update(t=0{memory})
{lines}
        state.update(t=state["t"] + 1{kept})
        self.move(p)
        return loss

    def move(self, p):
        for each in self.param_groups[0]["params"]:
            each.copy_(p[: each.numel()].view_as(each))
            p = p[each.numel() :]

    def flat_gradient(self):
        every = self.param_groups[0]["params"]
        return torch.cat([(torch.zeros_like(e) if e.grad is None else e.grad).reshape(-1) for e in every])
"""
TORCH_AT = """    def loss_at(self, q, closure):
        if closure is None:
            raise RuntimeError("YourRule asks for the loss at other points: call step(closure)")
        self.move(q)
        with torch.enable_grad():
            return closure()
"""
TORCH_AGAIN = {
    "gradient": """    def gradient(self, q, closure):
        self.loss_at(q, closure)
        return self.flat_gradient()
""",
    "value": """    def value(self, q, closure):
        return self.loss_at(q, closure).detach().to(q.dtype)
""",
}
