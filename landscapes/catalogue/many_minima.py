"""Surfaces with minima beyond counting: a descent ends in the nearest, momentum or noise may carry it on."""

from landscapes.formula import analytic
from landscapes.knob import Knob
from words import mark

rastrigin = analytic(
    name=mark("Rastrigin"),
    formula="2*A + x**2 - A*cos(2*pi*x) + y**2 - A*cos(2*pi*y)",
    parameters={"A": Knob("A", 0.0, 20.0, mark("height of the ripples"), default=10.0, least=0.0)},
    domain=((-5.12, 5.12), (-5.12, 5.12)),
    start=(-3.3, 2.4),
    about=mark("A bowl under an egg tray: for A = 10, 121 minima in view, and the lowest, 0, in the middle."),
    source="L. A. Rastrigin, Systems of Extremal Control, Nauka, Moscow (1974)",
)

ackley = analytic(
    name=mark("Ackley"),
    formula="20 - 20*exp(-0.2*sqrt((x**2 + y**2)/2)) + e - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
    # Published on [-32.768, 32.768]²; on [-5, 5]², as often drawn, the ripples can be seen. At the origin the surface
    # has a tip: its gradient there is taken as 0, a subgradient, and its Hessian as 0 too.
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(-3.2, 2.7),
    about=mark(
        "A plain with ripples around a funnel; the minimum, 0 at the origin, is a tip where the slope jumps by 4√2."
    ),
    source="D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing (1987), doi:10.1007/978-1-4613-1997-9",
)

griewank = analytic(
    name=mark("Griewank"),
    formula="1 + (x**2 + y**2)/4000 - cos(x)*cos(y/sqrt(2))",
    # Published on [-600, 600]², where the ripples, 2π apart, are finer than any picture; Griewank's own two-dimensional
    # case has 200 for 4000 and [-100, 100]².
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-8.0, 6.5),
    about=mark(
        "A bowl so wide that from near by only the ripples show: their minima differ in depth by less than 0.1."
    ),
    source="A. O. Griewank, J. Optim. Theory Appl. 34 (1981) 11, doi:10.1007/BF00933356",
)

bohachevsky = analytic(
    name=mark("Bohachevsky"),
    formula="x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7",
    # Usually stated on [-100, 100]², where nothing but the bowl is seen; the ripples live near the origin.
    domain=((-1.0, 1.0), (-1.0, 1.0)),
    start=(-0.8, 0.7),
    about=mark("A bowl with ripples that matter only near its floor; the lowest minimum is 0 at the origin."),
    source="I. O. Bohachevsky, M. E. Johnson, M. L. Stein, Technometrics 28 (1986) 209, "
    "doi:10.1080/00401706.1986.10488128",
)

egg_crate = analytic(
    name=mark("Egg crate"),
    formula="x**2 + y**2 + 25*(sin(x)**2 + sin(y)**2)",
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(-4.0, 2.2),
    about=mark("Nine minima on a lattice about 3 apart, and the lowest, 0, in the middle."),
    source="M. Jamil, X.-S. Yang, IJMMNO 4 (2013) 150, function 54, arXiv:1308.4008",
)

easom = analytic(
    name=mark("Easom"),
    formula="-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)",
    # Also published on [-100, 100]², where all but one pixel in a thousand is flat.
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(1.6, 1.7),
    about=mark("A needle's eye in a plain: beyond a few units from (π, π) the gradient is too small to move anything."),
    source="E. E. Easom, A Survey of Global Optimization Techniques, M.Eng. thesis, University of Louisville (1990)",
)
