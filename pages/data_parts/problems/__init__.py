"""The problems of the Data page: one problem a file, with all that the page knows of it alone."""

from collections.abc import Mapping
from importlib import import_module

from pages.data_parts.problems.fitted_model import FittedModel
from pages.data_parts.problems.problem import SURFACE, UPLOAD, KnownNoise, Problem

FILES = (  # in the order of the menu; the name of a file is the key of its problem in links and never changes
    "line",
    "classifier",
    "logits",
    "border",
    "features",
    "layers",
    "chain",
    "bowl",
)
PROBLEMS: Mapping[str, Problem] = {name: import_module(f"{__name__}.{name}").PROBLEM for name in FILES}

__all__ = ["FILES", "PROBLEMS", "SURFACE", "UPLOAD", "FittedModel", "KnownNoise", "Problem"]
