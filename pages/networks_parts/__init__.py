"""The parts of the Networks page, each a function of the choices."""
