"""The parts of the Maps page, each a function of the choices."""
