"""The surfaces on which every idea can be seen with nothing else in the way."""

from landscapes.analytic import analytic
from landscapes.knob import Knob

quadratic_bowl = analytic(
    name="Quadratic bowl",
    formula="(x**2 + kappa*y**2)/2",
    parameters={
        "kappa": Knob("κ", 1.0, 100.0, "curvature along y; along x it is 1", log=True, default=10.0, above=0.0)
    },
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-1.5, 1.0),
    about="Every smooth minimum looks like this from near by; gradient descent holds while η < 2/κ.",
    source="G. Goh, Why momentum really works, Distill (2017), doi:10.23915/distill.00006",
)

saddle = analytic(
    name="Saddle",
    formula="(a*x**2 - b*y**2)/2",
    parameters={
        "a": Knob("a", 0.1, 10.0, "upward curvature along x", log=True, default=1.0, above=0.0),
        "b": Knob("b", 0.1, 10.0, "downward curvature along y", log=True, default=1.0, above=0.0),
    },
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-1.5, 0.001),
    about="The gradient vanishes at the origin, and yet there is a way down: along y.",
    source="Y. Dauphin et al., Identifying and attacking the saddle point problem (2014), arXiv:1406.2572",
)

elongated_valley = analytic(
    name="Elongated valley",
    formula=(
        "((x*cos(pi*angle/180) + y*sin(pi*angle/180))**2 + condition*(y*cos(pi*angle/180) - x*sin(pi*angle/180))**2)/2"
    ),
    parameters={
        "condition": Knob("κ", 1.0, 1e4, "condition number: λ_max/λ_min", log=True, default=100.0, least=1.0),
        "angle": Knob("φ", 0.0, 90.0, "turn of the valley against the x-axis, in degrees", default=30.0),
    },
    domain=((-4.0, 4.0), (-4.0, 4.0)),
    start=(-3.0, -0.5),
    about="Across the valley the loss bends κ times as much as along it: one rate cannot suit both.",
    source="B. T. Polyak, Introduction to Optimization (1987), section 2.1",
)

two_weight_network = analytic(
    name="Two-weight network",
    formula="(1 - x*y)**2",
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-0.4, 0.45),
    about="The loss of y = w₁w₂x at one example (1, 1): a saddle at the origin between two valleys w₁w₂ = 1.",
    source="Hung-yi Lee, Machine Learning, lecture on critical points (2021); closed forms derived here",
)
