"""Runs that remember everything, to be taken apart."""

import numpy as np

from landscapes import LANDSCAPES, knobs
from optimizers import OPTIMIZERS, RULES, Recorded, descend

STEPS = 30


def recorded(name, surface="rosenbrock", landscape=None, start=None, steps=STEPS, schedule=None, **numbers):
    landscape = landscape or LANDSCAPES[surface]()
    everything = {key: knob.default for key, knob in knobs(OPTIMIZERS[name]).items()} | numbers
    made = everything | ({"learning_rate": schedule} if schedule else {})
    optimizer = OPTIMIZERS[name](**made)
    run = descend(landscape, optimizer, np.array(start or landscape.start), steps, record=True)
    return Recorded(landscape, RULES[name], everything, optimizer, run)
