"""A single bad batch, which pushes one update of every run."""

from dataclasses import dataclass

from landscapes import Knob, Outlier
from pages.shared.fields.kinds import Number
from pages.shared.fields.run_choice import MOST_STEPS
from pages.shared.fields.schema import field
from words import mark


@dataclass(frozen=True, kw_only=True)
class BadBatchChoices:
    """How much one bad batch adds to the gradient, at which update, and in which direction."""

    outlier: float = field(
        Number(
            Knob(
                "b",
                0.1,
                1000.0,
                mark("length that one bad batch adds to the gradient, 0 for none"),
                log=True,
                default=0.0,
                least=0.0,
            )
        )
    )
    outlier_step: int = field(
        Number(
            Knob(
                "t",
                1,
                MOST_STEPS,
                mark("number of the update that meets the bad batch"),
                default=20,
                integer=True,
                least=1,
                most=MOST_STEPS,
            )
        )
    )
    outlier_angle: float = field(
        Number(
            Knob(
                "α",
                0.0,
                360.0,
                mark("direction of what it adds, in degrees from the x axis"),
                default=90.0,
                least=0.0,
                most=360.0,
            )
        )
    )

    @property
    def bad_batch(self) -> Outlier:
        """The push as one value."""
        return Outlier(self.outlier, self.outlier_step, self.outlier_angle) if self.outlier else Outlier()


def bad_batch_fields(choices: BadBatchChoices) -> tuple[str, ...]:
    """The fields that are asked for: when and in which direction only where there is a push."""
    return ("outlier", "outlier_step", "outlier_angle")[: 3 if choices.outlier else 1]
