"""Losses of the smallest networks: two weights are enough for most of what goes wrong in training large ones."""

from landscapes.formula import analytic
from landscapes.knob import Knob
from words import mark

WEIGHTS = ("w1", "w2")  # the axes of a network's loss

two_weight_network = analytic(
    name=mark("Two-weight network"),
    formula="(1 - w1*w2)**2",
    axes=WEIGHTS,
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-0.4, 0.45),
    about=mark("The loss of y = w₁w₂x at one example (1, 1): a saddle at the origin between two valleys w₁w₂ = 1."),
    source="P. Baldi, K. Hornik, Neural Networks 2 (1989) 53, doi:10.1016/0893-6080(89)90014-2",
)

two_weight_network_l2 = analytic(
    name=mark("Two-weight network with L2"),
    formula="(1 - w1*w2)**2 + decay*(w1**2 + w2**2)",
    axes=WEIGHTS,
    parameters={"decay": Knob("λ", 0.0, 2.0, mark("weight decay"), default=0.1, least=0.0)},
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-0.4, 1.8),
    about=mark("Weight decay picks two points, w₁ = w₂ = ±√(1 - λ), near the valleys; from λ = 1 on, the origin wins."),
    source="D. Kunin et al., Loss landscapes of regularized linear autoencoders (2019), arXiv:1901.08168",
)

tied_layers = analytic(
    name=mark("Three tied layers"),
    formula="(1 - w1*w2*w1)**2",
    axes=WEIGHTS,
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(0.15, -1.0),
    about=mark("Outer layers share w₁: on the line w₁ = 0 nothing pulls, a ridge for w₂ > 0 and a trap for w₂ < 0."),
    source="A. Saxe, J. McClelland, S. Ganguli, Exact solutions to the nonlinear dynamics (2013), arXiv:1312.6120",
)

sigmoid_chain = analytic(
    name=mark("Sigmoid chain"),
    formula="(target - sigmoid(w2*sigmoid(w1*sigmoid(w2*sigmoid(w1)))))**2",
    axes=WEIGHTS,
    parameters={"target": Knob("t", 0.1, 0.9, mark("output to be learnt"), default=0.8, above=0.0, below=1.0)},
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-6.0, -4.0),
    about=mark("Four sigmoid layers with weights w₁, w₂, w₁, w₂: each multiplies the gradient by at most |w|/4."),
    source="S. Hochreiter, Int. J. Uncertain. Fuzz. 6 (1998) 107, doi:10.1142/S0218488598000094",
)

l_shaped_valley = analytic(
    name=mark("L-shaped valley"),
    formula="(t - w1*w2)**2",
    axes=WEIGHTS,
    parameters={"t": Knob("t", 0.1, 10.0, mark("product of the weights on the floor"), default=1.0, above=0.0)},
    domain=((-1.0, 10.0), (-1.0, 10.0)),
    start=(0.02, 9.0),
    about=mark(
        "The valley w₁w₂ = t far out: AdaGrad with a root mean square for the root sum is thrown out of it again."
    ),
    source="J. Duchi, E. Hazan, Y. Singer, J. Mach. Learn. Res. 12 (2011) 2121 has the sum; explosion derived here",
)

flat_and_sharp = analytic(
    name=mark("Flat and sharp minimum"),
    formula="-exp(-((x - shift)**2 + y**2)/2) - exp(-((x - shift - 5)**2 + y**2)/(2*width**2))",
    parameters={
        "shift": Knob("s", -0.5, 0.5, mark("how far the test loss lies from the training loss"), default=0.0),
        "width": Knob("w", 0.05, 1.0, mark("width of the sharp minimum"), log=True, default=0.3, above=0.0),
    },
    domain=((-3.0, 7.0), (-3.0, 3.0)),
    start=(4.5, 0.3),
    about=mark(
        "Two minima of about the same depth, curvatures 1 and 1/w²: shift the surface and see which still fits."
    ),
    source="S. Hochreiter, J. Schmidhuber, Flat minima, Neural Comput. 9 (1997) 1, doi:10.1162/neco.1997.9.1.1",
)
