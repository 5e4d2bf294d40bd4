"""The parts of the Curvature page, each a function of the view."""
