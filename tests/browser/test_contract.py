"""The private names of plotly.js and some marks of Streamlit's page mean what we think, in a page of ours."""

import pytest
from contract import PLOTLY, STREAMLIT

pytestmark = [pytest.mark.browser, pytest.mark.long]

HOLDS = """claims => {
  const [map, surface] = ["map", "surface"].map((name) =>
    document.querySelector(`[data-panel=${name}] .fall-line-plot`));
  const x = map._fullLayout?.xaxis, scene = surface._fullLayout?.scene?._scene;
  return claims.map((claim) => {
    try {
      return Boolean(new Function("map", "surface", "x", "scene", `return ${claim};`)(map, surface, x, scene));
    } catch {
      return false;  // a name that is gone
    }
  });
}"""


def test_every_private_name_means_in_the_browser_what_we_take_it_for(visit, fall_line):
    seen = visit(fall_line)
    seen.drawn()
    claims = [(library, each) for library, all_ in (("plotly.js", PLOTLY), ("Streamlit", STREAMLIT)) for each in all_]
    claims = [(library, each) for library, each in claims if each.holds]
    held = seen.page.evaluate(HOLDS, [each.holds for _, each in claims])
    assert [each.gone(library) for (library, each), it in zip(claims, held, strict=True) if not it] == []
