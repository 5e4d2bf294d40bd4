"""The surfaces on which every idea can be seen with nothing else in the way."""

from landscapes.formula import analytic
from landscapes.knob import Knob
from words import mark

parabola = analytic(
    name=mark("Parabola"),
    formula="a*x**2/2",
    parameters={"a": Knob("λ", 0.1, 100.0, mark("curvature"), log=True, default=1.0, above=0.0)},
    domain=((-2.0, 2.0), (-1.0, 1.0)),
    start=(-1.5, 0.0),
    about=mark("One dimension, one curvature λ: a step of gradient descent multiplies x by 1 - ηλ, whatever x is."),
    source="G. Goh, Why momentum really works, Distill (2017), doi:10.23915/distill.00006",
)

quadratic_bowl = analytic(
    name=mark("Quadratic bowl"),
    formula="(x**2 + kappa*y**2)/2",
    parameters={
        "kappa": Knob("κ", 1.0, 100.0, mark("curvature along y; along x it is 1"), log=True, default=10.0, above=0.0)
    },
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-1.5, 1.0),
    about=mark(
        "A minimum with a positive definite Hessian looks like this from near by; gradient descent holds if η < 2/κ."
    ),
    source="G. Goh, Why momentum really works, Distill (2017), doi:10.23915/distill.00006",
)

saddle = analytic(
    name=mark("Saddle"),
    formula="(a*x**2 - b*y**2)/2",
    parameters={
        "a": Knob("a", 0.1, 10.0, mark("upward curvature along x"), log=True, default=1.0, above=0.0),
        "b": Knob("b", 0.1, 10.0, mark("downward curvature along y"), log=True, default=1.0, above=0.0),
    },
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-1.5, 0.001),
    about=mark("The gradient vanishes at the origin, and yet there is a way down: along y."),
    source="Y. Dauphin et al., Identifying and attacking the saddle point problem (2014), arXiv:1406.2572",
)

elongated_valley = analytic(
    name=mark("Elongated valley"),
    formula=(
        "((x*cos(angle*pi/180) + y*sin(angle*pi/180))**2 + condition*(y*cos(angle*pi/180) - x*sin(angle*pi/180))**2)/2"
    ),
    parameters={
        "condition": Knob("κ", 1.0, 1e4, mark("condition number: λₘₐₓ/λₘᵢₙ"), log=True, default=100.0, least=1.0),
        "angle": Knob("φ", 0.0, 90.0, mark("turn of the valley against the x-axis, in degrees"), default=30.0),
    },
    domain=((-4.0, 4.0), (-4.0, 4.0)),
    start=(-3.0, -0.5),
    about=mark("Across the valley the loss bends κ times as much as along it: one rate cannot suit both."),
    source="B. T. Polyak, Introduction to Optimization (1987), section 2.1",
)

double_well = analytic(
    name=mark("Double well"),
    formula="h*(x**2 - 1)**2 + y**2",
    parameters={"h": Knob("h", 0.1, 10.0, mark("height of the barrier"), log=True, default=1.0, above=0.0)},
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(0.1, 1.5),
    about=mark("Two minima of equal depth at (±1, 0) and a saddle of height h between them: the start decides."),
    source="J. Guckenheimer, P. Holmes, Nonlinear Oscillations (1983), section 2.2, doi:10.1007/978-1-4612-1140-2",
)

tilted_double_well = analytic(
    name=mark("Tilted double well"),
    formula="(x**2 - 1)**2 + t*x + y**2",
    parameters={"t": Knob("t", -2.0, 2.0, mark("slope added along x"), default=0.3)},
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.8, 1.0),
    about=mark("For t > 0 the right well is higher, and beyond t = 8/(3√3) ≈ 1.54 it is no minimum any more."),
    source="J. Guckenheimer, P. Holmes, Nonlinear Oscillations (1983), section 7.1, doi:10.1007/978-1-4612-1140-2",
)

monkey_saddle = analytic(
    name=mark("Monkey saddle"),
    formula="x**3 - 3*x*y**2",
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.2, 0.01),
    about=mark(
        "Three ways down from the origin, where the whole Hessian vanishes: curvature alone cannot name this point."
    ),
    source="D. Hilbert, S. Cohn-Vossen, Anschauliche Geometrie (1932), section 29",
)

quartic_bowl = analytic(
    name=mark("Quartic bowl"),
    formula="x**4 + y**4",
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-1.5, 1.0),
    about=mark("A minimum with Hessian 0: gradient descent slows down as it comes near, |x| ≈ 1/√(8ηt)."),
    source="D. Bertsekas, Nonlinear Programming, 3rd edition (2016), section 1.3; the rate derived here",
)

trough = analytic(
    name=mark("Trough"),
    formula="(x + 2*y)**2/2",
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-1.5, -1.0),
    about=mark("A whole line of minima, x + 2y = 0: along it the curvature is 0, across it 5; the start picks one."),
    source="Y. Cooper, The loss landscape of overparameterized neural networks (2018), arXiv:1804.10200",
)

plateau_with_cliff = analytic(
    name=mark("Plateau with a cliff"),
    formula="sigmoid(k*x) + (x + 2)**2/100 + y**2/20",
    parameters={"k": Knob("k", 1.0, 50.0, mark("steepness of the cliff"), log=True, default=10.0, above=0.0)},
    domain=((-4.0, 4.0), (-4.0, 4.0)),
    start=(2.5, 2.0),
    about=mark("Slow on the plateau, then a slope of about k/4 at x = 0, from which one large step leaps far out."),
    source="R. Pascanu, T. Mikolov, Y. Bengio, On the difficulty of training RNNs (2013), figure 6, arXiv:1211.5063",
)
