"""The classical test surfaces, each stated once: its formula, where to look, where it comes from."""

from landscapes.analytic import analytic
from landscapes.knob import Knob

rosenbrock = analytic(
    name="Rosenbrock",
    formula="(a - x)**2 + b*(y - x**2)**2",
    parameters={
        "a": Knob("a", 0.1, 3.0, "where the minimum sits along x", default=1.0),
        "b": Knob("b", 1.0, 500.0, "steepness of the valley walls", log=True, default=100.0, above=0.0),
    },
    domain=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    about="A curved valley: for a = 1, b = 100 the curvature across its floor is 2508 times that along it.",
    source="H. H. Rosenbrock, Comput. J. 3 (1960) 175, doi:10.1093/comjnl/3.3.175",
)

himmelblau = analytic(
    name="Himmelblau",
    formula="(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(-0.5, -1.0),
    about="Four minima of equal depth, four saddles between them and one maximum: the start decides.",
    source="D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill (1972)",
)
