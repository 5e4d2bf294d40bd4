"""One flat and one sharp minimum in a wide bowl, for the question which of them noise leaves."""

from landscapes.formula import analytic
from landscapes.knob import Knob

# The bowl of curvature 0.06 leads whoever left the sharp well to the flat one; 25 · 0.03 makes both equally deep.
two_wells = analytic(
    name="A flat and a sharp well",
    formula="0.03*((x - shift)**2 + y**2) - exp(-((x - shift)**2 + y**2)/2)"
    " - 1.75*exp(-((x - shift - 5)**2 + y**2)/(2*width**2))",
    parameters={
        "shift": Knob("s", -0.5, 0.5, "how far the test loss lies from the training loss", default=0.0),
        "width": Knob("w", 0.05, 1.0, "width of the sharp well", log=True, default=0.2, above=0.0),
    },
    domain=((-3.0, 7.0), (-3.0, 3.0)),
    start=(4.8, 0.3),
    about="Two minima about equally deep, of curvature about 1 and 1.75/w², in a bowl that leads towards the flat one.",
    source="after S. Hochreiter, J. Schmidhuber, Flat minima, Neural Comput. 9 (1997) 1, doi:10.1162/neco.1997.9.1.1",
)
