"""Maps that are worth a look, one click away."""

from dataclasses import replace

from pages.shared.state import choose, current, run_choice, with_landscape


def cycles() -> None:
    """Gradient descent on Himmelblau's function at a rate at which two of the four minima have become cycles."""
    there = with_landscape("himmelblau", current())
    run = run_choice("gradient_descent", learning_rate=0.02)
    choose(replace(there, runs=(run,), mapped=(0,), steps=200, map="basins"), redraw=True)
