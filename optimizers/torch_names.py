"""What the rules are called in PyTorch, and how their numbers are."""

from collections.abc import Mapping
from typing import Any

ADAM = {"lr": "{learning_rate}", "betas": "({beta1}, {beta2})", "eps": "{epsilon}"}
NAMES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "gradient_descent": ("SGD", {"lr": "{learning_rate}"}),
    "momentum": ("SGD", {"lr": "{learning_rate}", "momentum": "{momentum}", "dampening": "{dampening}"}),
    "nesterov": ("SGD", {"lr": "{learning_rate}", "momentum": "{momentum}", "nesterov": "True"}),
    "adagrad": ("Adagrad", {"lr": "{learning_rate}", "eps": "{epsilon}"}),
    "adadelta": ("Adadelta", {"lr": "{learning_rate}", "rho": "{rho}", "eps": "{epsilon}"}),
    "rmsprop": ("RMSprop", {"lr": "{learning_rate}", "alpha": "{alpha}", "eps": "{epsilon}"}),
    "rmsprop_centred": (
        "RMSprop",
        {"lr": "{learning_rate}", "alpha": "{alpha}", "eps": "{epsilon}", "centered": "True"},
    ),
    "adam": ("Adam", ADAM),
    "amsgrad": ("Adam", {**ADAM, "amsgrad": "True"}),
    "adamax": ("Adamax", ADAM),
    "nadam": ("NAdam", {**ADAM, "momentum_decay": "{momentum_decay}"}),
    "radam": ("RAdam", ADAM),
    "adamw": ("AdamW", {**ADAM, "weight_decay": "{weight_decay}"}),
    "adam_l2": ("Adam", {**ADAM, "weight_decay": "{weight_decay}"}),
    "rprop": (
        "Rprop",
        {"lr": "{learning_rate}", "etas": "({shrink}, {grow})", "step_sizes": "({shortest}, {longest})"},
    ),
    "lbfgs": (
        "LBFGS",
        {
            "lr": "{learning_rate}",
            "history_size": "{history}",
            "max_iter": "1",
            "tolerance_grad": "0.0",
            "tolerance_change": "0.0",
        },
    ),
}


def in_torch(name: str, numbers: Mapping[str, Any]) -> str | None:
    """The rule as PyTorch makes it, for parameters p; None where PyTorch has no rule that makes the same points.

    >>> in_torch("momentum", {"learning_rate": 0.1, "momentum": 0.9, "dampening": 0.0})
    'torch.optim.SGD([p], lr=0.1, momentum=0.9, dampening=0.0)'
    """
    if name not in NAMES:
        return None
    if name in ("momentum", "nesterov") and numbers["momentum"] == 0:
        if numbers.get("dampening", 0) != 0:
            return None  # without momentum PyTorch forgets the dampening
        name = "gradient_descent"
    rule, arguments = NAMES[name]
    shown = ", ".join(f"{key}={text.format_map(numbers)}" for key, text in arguments.items())
    return f"torch.optim.{rule}([p], {shown})"
