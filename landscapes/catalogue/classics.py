"""The classical test surfaces, each stated once: its formula, where to look, where it comes from.

"Jamil and Yang" is their survey of 175 test functions, arXiv:1308.4008; where it and others disagree, a comment tells.
"""

from landscapes.formula import analytic
from landscapes.knob import Knob
from words import mark

rosenbrock = analytic(
    name=mark("Rosenbrock"),
    formula="(a - x)**2 + b*(y - x**2)**2",
    parameters={
        "a": Knob("a", 0.1, 3.0, mark("where the minimum sits along x"), default=1.0),
        "b": Knob("b", 1.0, 500.0, mark("steepness of the valley walls"), log=True, default=100.0, above=0.0),
    },
    domain=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    about=mark("A curved valley: for a = 1, b = 100 the curvature across its floor is 2508 times that along it."),
    source="H. H. Rosenbrock, Comput. J. 3 (1960) 175, doi:10.1093/comjnl/3.3.175",
)

himmelblau = analytic(
    name=mark("Himmelblau"),
    formula="(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(-0.5, -1.0),
    about=mark("Four minima of equal depth, four saddles between them and one maximum: the start decides."),
    source="D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill (1972)",
)

beale = analytic(
    name=mark("Beale"),
    formula="(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
    domain=((-4.5, 4.5), (-4.5, 4.5)),
    start=(-2.0, -1.0),
    about=mark("Flat in the middle, where a saddle lies at (0, 1), and 180,000 high in the corners."),
    source="E. M. L. Beale, Statistical Techniques Research Group report 25, Princeton (1958)",
)

booth = analytic(
    name=mark("Booth"),
    formula="(x + 2*y - 7)**2 + (2*x + y - 5)**2",
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-8.0, 6.0),
    about=mark(
        "A quadratic with eigenvalues 2 and 18, turned by 45°: a rate that suits one direction is slow in the other."
    ),
    source="M. Jamil, X.-S. Yang, IJMMNO 4 (2013) 150, function 17, arXiv:1308.4008",
)

matyas = analytic(
    name=mark("Matyas"),
    formula="0.26*(x**2 + y**2) - 0.48*x*y",
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-8.0, 3.0),
    about=mark("A quadratic with eigenvalues 0.04 and 1: a fast fall to the diagonal, then a slow way along it."),
    source="M. Jamil, X.-S. Yang, IJMMNO 4 (2013) 150, function 71, arXiv:1308.4008",
)

mccormick = analytic(
    name=mark("McCormick"),
    formula="sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1",
    # Jamil and Yang stop at y = 3, with both minima in view just the same; Adorio and most others take 4.
    domain=((-1.5, 4.0), (-3.0, 4.0)),
    start=(3.0, 3.5),
    about=mark("A sine on a tilted parabolic sheet: a second, higher minimum waits at (2.594, 1.594)."),
    source="E. P. Adorio, MVF: multivariate test functions (2005); M. Jamil, X.-S. Yang (2013), arXiv:1308.4008",
)

six_hump_camel = analytic(
    name=mark("Six-hump camel"),
    formula="(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (4*y**2 - 4)*y**2",
    # Jamil and Yang look at [-5, 5]², where x⁶/3 drowns the six minima; Dixon and Szegő's box shows them.
    domain=((-3.0, 3.0), (-2.0, 2.0)),
    start=(-2.5, 1.5),
    about=mark("Six minima in three pairs, mirrored through the origin; the lowest pair is -1.0316 deep."),
    source="L. C. W. Dixon, G. P. Szegő (editors), Towards Global Optimisation 2, North-Holland (1978)",
)

three_hump_camel = analytic(
    name=mark("Three-hump camel"),
    formula="2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2",
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(-3.0, 3.0),
    about=mark("Three minima in a row; only the one at the origin, value 0, is the lowest."),
    source="F. H. Branin, IBM J. Res. Dev. 16 (1972) 504, doi:10.1147/rd.165.0504",
)

styblinski_tang = analytic(
    name=mark("Styblinski–Tang"),
    formula="(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2",
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(0.5, 4.5),
    about=mark("Four minima at three depths, one in each quadrant; the lowest is at x = y = -2.9035."),
    source="M. A. Styblinski, T.-S. Tang, Neural Networks 3 (1990) 467, doi:10.1016/0893-6080(90)90029-K",
)

goldstein_price = analytic(
    name=mark("Goldstein–Price"),
    formula=(
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))"
        "*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))"
    ),
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.5, 0.5),
    about=mark("Values from 3 to about a million in one small square: look at it on a logarithmic scale."),
    source="A. A. Goldstein, J. F. Price, Math. Comp. 25 (1971) 569, doi:10.1090/S0025-5718-1971-0312365-X",
)

branin = analytic(
    name=mark("Branin"),
    formula="(y - 5.1*x**2/(4*pi**2) + 5*x/pi - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
    # Jamil and Yang print 2.425 for the third minimum's y; it is 2.475, as the other two minima's symmetry demands.
    domain=((-5.0, 10.0), (0.0, 15.0)),
    start=(6.0, 12.0),
    about=mark("Three minima of equal depth, 0.3979, at the bottom of one bent valley."),
    source="F. H. Branin, IBM J. Res. Dev. 16 (1972) 504, doi:10.1147/rd.165.0504",
)

leon = analytic(
    name=mark("Leon"),
    # Jamil and Yang print x² for x³, which is Rosenbrock again; Leon's valley is the cubic. Their second box, [0, 10]²,
    # hides it behind values of 10⁸: [-1.5, 1.5]² holds start and minimum.
    formula="(1 - x)**2 + 100*(y - x**3)**2",
    domain=((-1.5, 1.5), (-1.5, 1.5)),
    start=(-1.2, -1.0),
    about=mark("Rosenbrock's valley with a cubic floor, y = x³, which lies level at the origin."),
    source="A. Leon, in A. Lavi, T. P. Vogl (editors), Recent Advances in Optimization Techniques, Wiley (1966) 23",
)

dixon_price = analytic(
    name=mark("Dixon–Price"),
    formula="(x - 1)**2 + 2*(2*y**2 - x)**2",
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-8.0, 0.5),
    about=mark(
        "A valley x = 2y² like a horseshoe: a minimum on each arm, (1, ±1/√2), and a saddle between, at (1/3, 0)."
    ),
    source="L. C. W. Dixon, R. C. Price, J. Optim. Theory Appl. 60 (1989) 261, doi:10.1007/BF00940007",
)

freudenstein_roth = analytic(
    name=mark("Freudenstein–Roth"),
    formula="(x - 13 + ((5 - y)*y - 2)*y)**2 + (x - 29 + ((y + 1)*y - 14)*y)**2",
    # The usual box [-10, 10]² cuts off the local minimum at (11.413, -0.897), the reason to look at this surface.
    domain=((-10.0, 15.0), (-5.0, 6.0)),
    start=(0.5, -2.0),
    about=mark(
        "From the published start a descent ends at the wrong minimum, 48.98 high; the right one, 0, is at (5, 4)."
    ),
    source="F. Freudenstein, B. Roth, J. ACM 10 (1963) 550, doi:10.1145/321186.321200",
)

muller_brown = analytic(
    name=mark("Müller–Brown"),
    formula=(
        "-200*exp(-(x - 1)**2 - 10*y**2) - 100*exp(-x**2 - 10*(y - 0.5)**2)"
        " - 170*exp(-6.5*(x + 0.5)**2 + 11*(x + 0.5)*(y - 1.5) - 6.5*(y - 1.5)**2)"
        " + 15*exp(0.7*(x + 1)**2 + 0.6*(x + 1)*(y - 1) + 0.7*(y - 1)**2)"
    ),
    domain=((-1.5, 1.2), (-0.2, 2.0)),
    start=(-0.75, 0.7),
    about=mark(
        "Theoretical chemistry's model of a reaction: three minima, two saddles, and a crooked path between them."
    ),
    source="K. Müller, L. D. Brown, Theor. Chim. Acta 53 (1979) 75, doi:10.1007/BF00547608",
)

peaks = analytic(
    name=mark("Peaks"),
    formula=(
        "3*(1 - x)**2*exp(-x**2 - (y + 1)**2) - 10*(x/5 - x**3 - y**5)*exp(-x**2 - y**2) - exp(-(x + 1)**2 - y**2)/3"
    ),
    domain=((-3.0, 3.0), (-3.0, 3.0)),
    start=(0.3, 1.0),
    about=mark(
        "Three minima, three maxima and three saddles among moved Gaussians; far out it is flat, though never level."
    ),
    source="MathWorks, MATLAB function peaks",
)
