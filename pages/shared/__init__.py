"""What several pages share: the choices, their link, the controls and the computing."""
