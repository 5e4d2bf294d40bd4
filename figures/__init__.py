"""Numbers to plotly figures, and the stage that shows them."""
