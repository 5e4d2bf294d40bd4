"""How soon the server is ready, and the first figure on screen after a cold start, beside the least Streamlit can do.

python -m benchmarks.start_up
"""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import numpy as np

from tests.driver import REPOSITORY, browsing, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROUNDS = 4
EMPTY = "import streamlit as st\n"
ONE_CHART = EMPTY + "import plotly.graph_objects as go\nst.plotly_chart(go.Figure(go.Scatter(y=[1, 3, 2])))\n"
# A figure is there when Plotly has laid it out, and on screen two frames later.
FIRST = """() => {
  const plot = document.querySelector(".js-plotly-plot");
  return plot?._fullData?.length && plot.querySelector(".main-svg") && new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
}"""


def cold_start(script: str | Path, browser: "Browser") -> tuple[float, float]:
    """Seconds until the server listens and is well, and until a first visitor then sees a figure (nan without one)."""
    begun = time.perf_counter()
    with serving(script) as address:
        urlopen(f"{address}/_stcore/health").close()  # an error where it is not well
        ready = time.perf_counter() - begun
        if not str(script).endswith("empty.py"):
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            page = context.new_page()
            begun = time.perf_counter()
            page.goto(address)
            page.wait_for_function(FIRST, timeout=120_000)
            figure = time.perf_counter() - begun
            context.close()
            return ready, figure
    return ready, float("nan")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        empty, chart = Path(folder) / "empty.py", Path(folder) / "chart.py"
        empty.write_text(EMPTY)
        chart.write_text(ONE_CHART)
        scripts = {"empty app": empty, "one chart": chart, "Fall Line": REPOSITORY / "app.py"}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in scripts}
        for _ in range(ROUNDS):
            for name, script in scripts.items():
                times[name].append(cold_start(script, browser))
    median = {name: np.median(rows, axis=0) for name, rows in times.items()}
    for name, (ready, figure) in median.items():
        print(f"{name:10} ready {ready:.2f} s" + ("" if np.isnan(figure) else f", first figure {figure:.2f} s later"))
    print(f"ready:        {median['Fall Line'][0] / median['empty app'][0]:.2f} times an empty app")
    print(f"first figure: {median['Fall Line'][1] / median['one chart'][1]:.2f} times a page with one st.plotly_chart")


if __name__ == "__main__":
    main()
