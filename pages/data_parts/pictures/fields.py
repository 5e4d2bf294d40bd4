"""What is chosen in the parts of the Data page that have a subject of their own."""

from dataclasses import dataclass

from landscapes import Knob
from landscapes.from_data import Machine
from pages.shared.fields import Numbers, OneOf, Turned, field
from words import mark

POLYNOMIAL = {
    "degree": Knob("d", 0, 15, mark("degree of the polynomial"), default=9, integer=True, least=0, costs=True),
    "points": Knob("n", 4, 60, mark("training points"), default=12, integer=True, least=2, costs=True),
    "noise": Knob("σ", 0.0, 1.0, mark("noise of the points"), default=0.3, least=0.0, most=10.0),
    "penalty": Knob("λ", 1e-6, 10.0, mark("L2 penalty"), default=0.0, log=True, least=0.0, most=1e6),
}
COMPLEXITIES = {"degree": mark("Degree"), "penalty": mark("L2 penalty")}

LOGITS = {
    "first": Knob("z₁", -6.0, 6.0, mark("logit of class 1"), default=2.0, least=-1000.0, most=1000.0),
    "second": Knob("z₂", -6.0, 6.0, mark("logit of class 2"), default=1.0, least=-1000.0, most=1000.0),
    "third": Knob("z₃", -6.0, 6.0, mark("logit of class 3"), default=0.0, least=-1000.0, most=1000.0),
    "temperature": Knob("T", 0.1, 10.0, mark("temperature"), default=1.0, log=True, least=0.01, most=100.0),
}
TARGETS = {"1": mark("Class 1"), "2": mark("Class 2"), "3": mark("Class 3")}

MACHINE = {
    "time": Knob("t", 0.1, 1000.0, mark("milliseconds of an update"), default=10.0, log=True, least=1e-6, most=1e9),
    "width": Knob("w", 1, 256, mark("examples at once"), default=16, log=True, integer=True, least=1, most=1e9),
}

CHAIN = {
    "input": Knob("x", -4.0, 4.0, mark("input of the first layer"), default=1.0, least=-100.0, most=100.0),
    "weight": Knob("w", -3.0, 3.0, mark("weight of every layer"), default=1.0, least=-100.0, most=100.0),
    "bias": Knob("b", -3.0, 3.0, mark("bias of every layer"), default=0.0, least=-100.0, most=100.0),
    "depth": Knob("k", 1, 30, mark("layers"), default=10, integer=True, least=1, costs=True),
}

MOST_UPDATES = 100  # batches one after the other
NORMALISED_OVER = {"batch": mark("The batch: each feature"), "layer": mark("The features: each example")}
NORMALISATION = {
    "gamma": Knob("γ", 0.0, 3.0, mark("by which it is multiplied"), default=1.0, least=-100.0, most=100.0),
    "beta": Knob("β", -3.0, 3.0, mark("by which it is moved"), default=0.0, least=-100.0, most=100.0),
    "examples": Knob("n", 2, 32, mark("examples in a batch"), default=6, integer=True, least=2, costs=True),
    "update": Knob(
        "t", 1, MOST_UPDATES, mark("update that is looked at"), default=10, integer=True, least=1, costs=True
    ),
    "momentum": Knob("m", 0.0, 1.0, mark("weight of the newest batch"), default=0.1, least=0.0, most=1.0),
    "feature": Knob("j", 1, 4, mark("feature of the curves"), default=4, integer=True, least=1, costs=True),
}


@dataclass(frozen=True, kw_only=True)
class TrainingTestChoices:
    """A polynomial, its points, and what the losses are drawn over."""

    polynomial: Numbers = field(Turned(POLYNOMIAL, "training and test"))
    complexity: str = field(OneOf(mark("Losses over"), COMPLEXITIES, "degree"))


@dataclass(frozen=True, kw_only=True)
class SoftmaxChoices:
    """Three logits, a temperature, and the class that is right."""

    logits: Numbers = field(Turned(LOGITS, "softmax"))
    target: str = field(OneOf(mark("Right class"), TARGETS, "2"))


@dataclass(frozen=True, kw_only=True)
class MachineChoices:
    """What counts the seconds of the batches."""

    machine: Numbers = field(Turned(MACHINE, "the machine"))

    @property
    def clockwork(self) -> Machine:
        """The machine itself."""
        of = dict(self.machine)
        return Machine(of["time"] / 1000, of["width"])


@dataclass(frozen=True, kw_only=True)
class ActivationChoices:
    """The chain of layers whose slopes are multiplied."""

    layers: Numbers = field(Turned(CHAIN, "the chain of layers"))


@dataclass(frozen=True, kw_only=True)
class NormalisationChoices:
    """Over what activations are normalised, and which batch is looked at."""

    over: str = field(OneOf(mark("Normalised over"), NORMALISED_OVER, "batch"))
    normalisation: Numbers = field(Turned(NORMALISATION, "normalisation"))


@dataclass(frozen=True, kw_only=True)
class PictureChoices(NormalisationChoices, ActivationChoices, MachineChoices, SoftmaxChoices, TrainingTestChoices):
    """All of them together."""
