"""The decorator of every factory of an update rule: checks its hyperparameters and wires in a loss-driven schedule."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from landscapes import checked
from optimizers.optimizer import LearningRate, Made, Optimizer, Rate
from optimizers.schedules import OnPlateau, follow

P = ParamSpec("P")


def rule(factory: Callable[P, Optimizer]) -> Callable[P, Optimizer]:
    """A factory that refuses numbers its knobs do not allow, and follows the loss where its rate asks for that."""
    signature, strict = inspect.signature(factory), checked(factory)
    plain = {name for name, parameter in signature.parameters.items() if parameter.annotation != LearningRate}

    @wraps(factory)
    def build(*args: P.args, **kwargs: P.kwargs) -> Optimizer:
        numbers = signature.bind(*args, **kwargs).arguments
        for name, value in numbers.items():
            if name in plain and callable(value):
                raise ValueError(f"{factory.__name__} needs {name} to be a number, got a schedule")
        optimizer = strict(*args, **kwargs)
        made = Made(build, dict(numbers))
        if not isinstance(optimizer.rate, OnPlateau):
            return optimizer._replace(made=made)

        def with_rate(rate: Rate) -> Optimizer:
            given = signature.bind(*args, **kwargs)
            given.arguments["learning_rate"] = rate
            return factory(*given.args, **given.kwargs)

        return follow(optimizer.rate, with_rate)._replace(made=made)

    return build
