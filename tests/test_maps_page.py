"""Maps as a visitor uses them: every number and clause on the page is what the runs come to."""

import re
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from visitor import choices, control, opened, press, said

from figures.rasters import rgb
from figures.stage.packing import unpack
from figures.theme import PAPER, PAPER_DARK
from landscapes import LANDSCAPES, find_critical_points, formula
from optimizers import OPTIMIZERS, SCHEDULES, descend, verdict
from optimizers.bulk import KINDS, Grid, sweep
from optimizers.theory import growth, polyak, steps_beside, steps_until_away
from pages.maps_parts import compute
from pages.maps_parts.basins import sharp_maps
from pages.maps_parts.choices import MAPS
from pages.maps_parts.compute import KnobSweep, Sweep, is_swept, piece, side_within_budget, swept
from pages.maps_parts.files import (
    Shown,
    differences_as_png,
    stays_as_large_png,
    stays_as_npz,
    stays_as_png,
    values_as_npz,
)
from pages.maps_parts.knob_theory import quadratic
from pages.maps_parts.one_knob import STARTS, WORKS, Swept, sentence
from pages.maps_parts.one_knob import over_values as over
from pages.maps_parts.one_knob import swept as over_values
from pages.maps_parts.saddles import beside
from pages.shared.race import spread
from pages.shared.state import built, first_choices, first_on_maps, run_choice

SIDE = 32  # starts along each side of the maps of these tests


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr("pages.maps_parts.basins.side_within_budget", lambda *_: SIDE)
    monkeypatch.setattr("pages.maps_parts.knobs.side_within_budget", lambda *_: SIDE)
    monkeypatch.setattr("pages.maps_parts.saddles.side_within_budget", lambda *_: SIDE)


def seen(app):
    (stage,) = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "fall_line_stage"]
    return unpack(stage.bytes)[0]


def number(text):
    return float(text.removesuffix(" %").replace("−", "-"))


def test_a_visitor_without_a_link_sees_himmelblau_with_momentum():
    app = opened("maps")
    assert choices(app) == first_on_maps()
    assert (choices(app).landscape, choices(app).runs) == ("himmelblau", (run_choice("momentum", learning_rate=0.01),))
    assert not said(app)


@pytest.mark.parametrize("name", MAPS)
def test_for_a_lecture_hall_the_letters_of_every_map_are_larger(name):
    usual, hall = (seen(opened("maps", map=name, size=size))["panels"] for size in ("screen", "hall"))
    for panel in hall:
        assert hall[panel]["layout"]["font"]["size"] > usual[panel]["layout"].get("font", {}).get("size", 12)


@pytest.mark.parametrize(
    "link", [{"map": "knobs"}, {"map": "saddles", "radius": "0.1"}, {"map": "knob"}, {"map": "knobs", "colour": "loss"}]
)
def test_an_address_that_names_a_map_alone_opens_it_with_the_choices_of_maps(link):
    got = choices(opened("maps", **link))
    changed = {name: float(text) if name == "radius" else text for name, text in link.items()}
    assert got == replace(first_on_maps(), **changed)


def test_a_link_that_a_page_wrote_means_what_it_leaves_out():
    assert choices(opened("maps", v="1", map="knobs")) == replace(first_choices(), map="knobs")
    assert choices(opened("maps", map="knobs", steps="60")).landscape == "rosenbrock"


def test_what_an_address_with_a_map_gets_wrong_is_said():
    app = opened("maps", map="atlas")
    assert choices(app) == first_on_maps()
    assert "atlas" in said(app)


def test_what_was_chosen_elsewhere_stays_on_maps():
    app = opened()
    press(app, "Remove")
    chosen = choices(app)
    app.switch_page("maps.py").run()
    assert choices(app) == chosen


def test_the_table_has_the_share_of_every_end_and_its_median_step():
    table = seen(opened("maps"))["table"]
    landscape = LANDSCAPES["himmelblau"]()
    found = sweep(landscape, OPTIMIZERS["momentum"](learning_rate=0.01), Grid(landscape.domain, SIDE, SIDE), 400)
    kinds = np.array(KINDS)[found.kinds]
    counted = 0.0
    for name, share, median in table["rows"]:
        if place := re.search(r"\((.*), (.*)\)", name):
            at = np.array([[number(text)] for text in place.groups()])
            mine = (kinds == "minimum") & (np.abs(found.places - at).max(axis=0) < 0.01)
        else:
            mine = kinds == {"Diverged": "diverged", "Still moving": "moving", "A cycle": "cycle"}[name]
        assert number(share) == pytest.approx(100 * mine.mean(), rel=5e-3)
        assert number(median) == pytest.approx(np.median(found.steps[mine]), rel=5e-3)
        counted += mine.mean()
    assert counted == 1.0
    assert len(table["rows"]) >= 4


def test_the_text_alternative_gives_the_shares_of_the_table():
    tree = seen(opened("maps"))
    for name, share, _ in tree["table"]["rows"]:
        place = re.search(r"\(.*\)", name)
        assert (
            f"{share} {f'reach the minimum {place.group()}.' if place else ''}".strip() in tree["panels"]["map"]["alt"]
        )


def test_an_end_at_the_pointer_is_the_verdict_of_the_run_from_there():
    app = opened("maps")
    (stage,) = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "fall_line_stage"]
    tree, arrays = unpack(stage.bytes)
    cargos = [unpack(e.proto.bytes)[1] for e in app.get("bidi_component") if "cargo" in e.proto.component_name]
    arrays = {name: values for each in [arrays, *cargos] for name, values in each.items()}
    (heat,) = [trace for trace in tree["panels"]["map"]["data"] if trace["type"] == "heatmap"]
    x, y, z, steps = (arrays[heat[key]["#"]] for key in ("x", "y", "z", "customdata"))
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["momentum"](learning_rate=0.01)
    rng = np.random.default_rng(3)
    for row, column in rng.integers(0, SIDE, (40, 2)):
        start = Grid(landscape.domain, SIDE, SIDE).starts().reshape(2, SIDE, SIDE)[:, row, column]
        assert (x[column], y[row]) == pytest.approx(start, rel=1e-5)
        true = verdict(landscape, optimizer, descend(landscape, optimizer, start, 400))
        label = heat["meta"]["labels"][int(z[row, column]) // heat["meta"]["shades"]]
        words = {"minimum": "Ends at the minimum", "diverged": "Diverges", "moving": "Still moving", "cycle": "Ends in"}
        assert label.startswith(words[true.kind])
        assert steps[row, column] == true.step


def test_gradient_descent_with_its_two_cycles_is_one_click_away():
    app = opened("maps")
    press(app, "Gradient descent at 0.02: two minima become cycles")
    assert [(run.optimizer, dict(run.numbers)["learning_rate"]) for run in choices(app).runs] == [
        ("gradient_descent", 0.02)
    ]
    names = [row[0] for row in seen(app)["table"]["rows"]]
    assert "A cycle" in names
    assert sum(name.startswith("Minimum") for name in names) == 2
    press(app, "Undo")
    assert choices(app) == first_on_maps()


def test_two_runs_stand_side_by_side_with_the_share_from_which_they_end_differently():
    link = {"v": "1", "landscape": "himmelblau", "steps": "200", "of": "0~1"}
    app = opened("maps", **link, run=["gradient_descent~0.02", "momentum~0.01"])
    tree = seen(app)
    assert [*tree["panels"]] == ["map", "other", "difference"]
    landscape = LANDSCAPES["himmelblau"]()
    places = []
    for optimizer in (OPTIMIZERS["gradient_descent"](learning_rate=0.02), OPTIMIZERS["momentum"](learning_rate=0.01)):
        found = sweep(landscape, optimizer, Grid(landscape.domain, SIDE, SIDE), 200)
        arrived = np.array(KINDS)[found.kinds] == "minimum"
        places.append(np.where(arrived, np.round(found.places, 3), found.kinds[None] + 100.0))
    differ = (places[0] != places[1]).any(axis=0).mean()
    told = tree["panels"]["difference"]["alt"]
    assert number(re.search(r"From (.*) % of the starts", told).group(1)) == pytest.approx(100 * differ, rel=5e-3)
    assert "Gradient descent and Momentum end differently" in told
    assert choices(app).mapped == (0, 1)
    assert app.query_params["of"] == ["0~1"] or app.query_params["of"] == "0~1"


def test_a_zoom_computes_its_window_anew():
    app = opened("maps", v="1", landscape="himmelblau", run="momentum~0.01", steps="200", zoom="-1~0~-1~0")
    landscape = LANDSCAPES["himmelblau"]()
    found = sweep(landscape, OPTIMIZERS["momentum"](learning_rate=0.01), Grid(((-1, 0), (-1, 0)), SIDE, SIDE), 200)
    arrived = np.round(found.places[:, found.kinds == KINDS.index("minimum")], 3)
    shares = sorted(np.unique(arrived, axis=1, return_counts=True)[1] / SIDE**2)
    told = sorted(number(row[1]) / 100 for row in seen(app)["table"]["rows"] if row[0].startswith("Minimum"))
    assert told == pytest.approx(shares, rel=5e-3)
    assert "spacings of float64" not in " ".join(seen(app)["notes"])
    deep = opened(
        "maps",
        v="1",
        landscape="himmelblau",
        run="momentum~0.01",
        steps="200",
        zoom="1~1.000000000001~1~1.000000000001",
    )
    assert "spacings of float64 apart" in " ".join(seen(deep)["notes"])


def test_a_map_that_is_known_is_not_computed_again_and_a_piece_that_is_done_stays(monkeypatch):
    asked = Sweep(
        first_on_maps().where, run_choice("momentum", learning_rate=0.0123), ((-1.0, 1.0), (-1.0, 1.0)), 16, 30
    )
    monkeypatch.setattr(compute, "PIECE", 100)
    counted = []
    monkeypatch.setattr(compute, "sweep", lambda *a, **k: counted.append(1) or sweep(*a, **k))
    assert not is_swept(asked)
    piece(asked, 1)
    progress = []
    whole = swept(asked, progress.append)
    assert (len(counted), progress[-1], is_swept(asked)) == (asked.pieces, 1.0, True)
    swept(asked)
    assert len(counted) == asked.pieces == 3
    alone = sweep(built(*asked.where), asked.run.build(), asked.grid, 30)
    np.testing.assert_array_equal(whole.kinds, alone.kinds)
    np.testing.assert_array_equal(whole.positions, alone.positions)


def test_work_is_bounded_before_it_starts():
    landscape = LANDSCAPES["himmelblau"]()
    run = run_choice("momentum")
    assert side_within_budget(landscape, run, 400, 512) == 512
    side = side_within_budget(landscape, run, 200_000, 2048)
    assert side < 512
    assert side**2 * 200_000 <= compute.MOST_UPDATES
    for maps in (1, 2):
        side = side_within_budget(landscape, run, 400, 2048, maps)
        assert side == 2048 // maps
        assert maps * side**2 <= compute.MOST_STARTS  # else what was computed last would drive out the first of it


@pytest.mark.parametrize("part", MAPS)
@pytest.mark.parametrize("name", ["rosenbrock", "rastrigin", "two_weight_network", "monkey_saddle"])
def test_every_map_shows_every_kind_of_landscape(name, part):
    app = opened("maps", v="1", landscape=name, steps="40", map=part)
    assert not app.exception
    assert choices(app).map == part


@pytest.mark.parametrize("colour", ["kind", "loss", "steps"])
def test_the_map_over_two_knobs_has_the_shares_of_its_pairs(colour):
    app = opened(
        "maps", v="1", landscape="quadratic_bowl", run="momentum~0.01", steps="300", map="knobs", colour=colour
    )
    landscape = LANDSCAPES["quadratic_bowl"]()
    powers, momenta = Grid(((-5.0, 1.0), (0.0, 0.999)), SIDE, SIDE).starts()
    optimizer = OPTIMIZERS["momentum"](learning_rate=10**powers, momentum=momenta)
    found = sweep(landscape, optimizer, np.repeat(np.array(landscape.start)[:, None], SIDE**2, axis=1), 300)
    told = {name: number(share) for name, share, _ in seen(app)["table"]["rows"]}
    for kind, name in (("diverged", "Diverged"), ("moving", "Still moving"), ("minimum", "Minimum (0, 0)")):
        assert told[name] == pytest.approx(100 * (found.kinds == KINDS.index(kind)).mean(), rel=5e-3)
    heat = next(trace for trace in seen(app)["panels"]["map"]["data"] if trace["type"] == "heatmap")
    for paper, look in ((PAPER, heat), (PAPER_DARK, heat | heat.get("meta", {}).get("dark", {}))):
        apart = np.abs(np.subtract(rgb(look["colorscale"][0][1]), rgb(paper))).sum()
        assert apart > 60, "the lowest loss would look like no loss at all"


def test_the_border_is_where_theory_has_it_and_polyaks_optimum_is_there_and_measured():
    app = opened("maps", v="1", landscape="quadratic_bowl", run="momentum~0.01", steps="300", map="knobs")
    notes = " ".join(seen(app)["notes"])
    best = polyak(1.0, 10.0)
    assert "λₘₐₓ = 10:" in notes
    assert f"η = {best.learning_rate:.3g}, β = {best.momentum:.3g}" in notes
    assert f"by {best.factor:.3g} in the end" in notes
    measured = float(re.search(r"minimum, it is (\S+)\.", notes).group(1))
    assert best.factor <= measured < best.factor + 0.03
    assert "runs outside diverge" in notes
    curved = " ".join(
        seen(opened("maps", v="1", landscape="himmelblau", run="momentum~0.01", steps="300", map="knobs"))["notes"]
    )
    assert "may cycle or wander rather than diverge" in curved


FAMILIES = {
    "gradient_descent": lambda beta: 2.0 + 0 * beta,
    "momentum": lambda beta: 2 * (1 + beta),
    "nesterov": lambda beta: (2 + 2 * beta) / (1 + 2 * beta),
    "momentum_ema": lambda beta: 2 * (1 + beta) / (1 - beta),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_inside_the_border_runs_reach_the_minimum_and_outside_they_diverge(family):
    landscape = LANDSCAPES["quadratic_bowl"]()
    assert quadratic(landscape)
    rng = np.random.default_rng(7)
    beta, inside = rng.uniform(0, 0.9, 200), rng.random(200) < 0.5
    factor = np.where(inside, 1 - rng.uniform(0.02, 0.6, 200), 1 + rng.uniform(0.02, 0.6, 200))
    rates = factor * FAMILIES[family](beta) / 10.0
    numbers = {"learning_rate": rates} | ({} if family == "gradient_descent" else {"momentum": beta})
    found = sweep(landscape, OPTIMIZERS[family](**numbers), np.repeat([[-1.5], [1.0]], 200, axis=1), 3000)
    assert (found.kinds[inside] == KINDS.index("minimum")).all()
    assert (found.kinds[~inside] == KINDS.index("diverged")).all()


def test_another_pair_of_knobs_is_chosen_and_stays_a_pair():
    app = opened("maps", v="1", landscape="himmelblau", run="adam~0.1", steps="60", map="knobs")
    control(app, "selectbox", "Across").select("beta1").run()
    assert not app.exception
    assert choices(app).across == "beta1"
    control(app, "selectbox", "Upwards").select("beta1").run()
    assert len({choices(app).across, choices(app).up}) == 2
    assert "No border is drawn" in " ".join(seen(app)["notes"])


def test_a_rule_without_two_numbers_has_no_map_over_two():
    app = opened("maps", v="1", landscape="himmelblau", run="nelder_mead", steps="60", map="knobs")
    assert "no two numbers" in said(app)


def test_a_window_of_knobs_that_is_none_is_dropped_with_a_sentence():
    app = opened("maps", v="1", map="knobs", run="momentum~0.01", knob_window="1~2~3", steps="40")
    assert choices(app).knob_window is None
    assert "two intervals of numbers" in said(app)


@pytest.mark.parametrize(("window", "outside"), [("3~4~0.1~0.5", True), ("-3~-2~2~3", True), ("-3~4~0.5~3", False)])
def test_a_window_of_knobs_outside_their_ranges_is_said_beside_them_and_all_is_shown(window, outside):
    app = opened("maps", v="1", map="knobs", run="momentum~0.01", knob_window=window, steps="40")
    assert (
        "outside the ranges of these two numbers" in " ".join(each.value for each in app.sidebar.warning)
    ) == outside
    shown = seen(app).get("window")
    assert (shown is None) if outside else (shown[0] == -3 and shown[1] < 4 and shown[2] == 0.5 and shown[3] < 3)


def test_knob_sweeps_run_every_pair_from_the_start():
    run = run_choice("momentum", learning_rate=0.01)
    asked = KnobSweep(
        first_choices().where, run, ((-4.0, -3.0), (0.0, 0.9)), 6, 50, ("learning_rate", "momentum"), (-1.2, 1.0)
    )
    found = swept(asked)
    landscape = built(*asked.where)
    for n, (power, beta) in enumerate(asked.grid.starts().T):
        optimizer = OPTIMIZERS["momentum"](learning_rate=10.0**power, momentum=beta)
        alone = descend(landscape, optimizer, np.array([-1.2, 1.0]), 50)
        np.testing.assert_array_equal(found.positions[:, n], alone.positions[:, -1])


def test_the_row_of_a_run_over_one_knob_is_what_its_runs_come_to():
    app = opened(
        "maps", v="1", landscape="himmelblau", run=["momentum~0.01", "gradient_descent~0.01"], steps="200", map="knob"
    )
    landscape, rows = LANDSCAPES["himmelblau"](), seen(app)["table"]["rows"]
    assert [row[0] for row in rows] == ["Momentum", "Gradient descent"]
    starts = spread(landscape.domain, STARTS)
    for name, best, share, works, decades in rows:
        low, high = (number(text) for text in works.split(" to "))
        assert number(decades) == pytest.approx(np.log10(high / low), abs=0.01)
        optimizer = {"Momentum": "momentum", "Gradient descent": "gradient_descent"}[name]
        for rate, least in ((number(best), number(share) / 100 - 0.05), (np.sqrt(low * high), WORKS)):
            rule = OPTIMIZERS[optimizer](learning_rate=rate)
            kinds = [each.kind for each in verdict(landscape, rule, descend(landscape, rule, starts, 200))]
            assert kinds.count("minimum") / STARTS >= least


def test_beyond_the_interval_that_works_fewer_than_half_of_the_starts_arrive():
    where = first_on_maps().where
    found = over_values(where, run_choice("gradient_descent"), "learning_rate", built(*where).domain, 200)
    first, last = found.works
    assert (found.reached[first : last + 1] >= WORKS).all()
    assert found.reached[first - 1] < WORKS
    assert found.reached[last + 1] < WORKS


def test_of_several_ranges_that_work_the_widest_is_named_and_the_best_value_may_lie_in_another():
    kinds = np.full((8, STARTS), KINDS.index("moving"), dtype=np.int8)
    kinds[1] = kinds[4:7, : STARTS // 2] = KINDS.index("minimum")
    found = Swept(10.0 ** np.arange(-6, 2), kinds, np.zeros(kinds.shape), np.full(kinds.shape, 9, dtype=np.int32))
    said = sentence("Adam", found, "η", log=True)
    assert "does best at η = 1e−5, where 100 % of the starts" in said
    assert "the widest range that works is 0.01 to 1, 2 decades." in said
    kinds[7] = KINDS.index("minimum")
    assert "the widest range that works is 0.01 to 10, ≥ 3 decades." in sentence("Adam", found, "η", log=True)


@pytest.mark.parametrize("run", ["momentum~0.01~cosine~steps~100", "momentum~0.01~warmup~20"])
def test_a_run_on_a_schedule_has_its_map_over_two_knobs(run):
    app = opened("maps", v="1", landscape="quadratic_bowl", run=run, steps="60", map="knobs")
    (choice,) = choices(app).runs
    window = ((-3.0, -1.0), (0.1, 0.9))
    asked = KnobSweep(choices(app).where, choice, window, 20, 60, ("learning_rate", "momentum"), (-1.0, 1.0))
    found = swept(asked)
    for n in (0, 150, 399):
        power, beta = asked.grid.starts()[:, n]
        optimizer = choice.build(learning_rate=10.0**power, momentum=beta)
        alone = descend(choices(app).build(), optimizer, np.array([-1.0, 1.0]), 60)
        np.testing.assert_array_equal(found.positions[:, n], alone.positions[:, -1])


@pytest.mark.parametrize("rule", ["gradient_descent", "adam"])
def test_the_length_of_a_warm_up_is_an_axis_beside_the_rate(rule):
    app = opened("maps", v="1", landscape="himmelblau", run=f"{rule}~0.01", steps="60", map="knobs", up="warmup")
    assert choices(app).up == "warmup"
    notes = " ".join(seen(app)["notes"])
    assert ("The line is the border of stability" in notes) == (rule == "gradient_descent")
    assert "Warm-up" in seen(app)["panels"]["map"]["layout"]["yaxis"]["title"]["text"].capitalize()
    (choice,) = choices(app).runs
    window, start = ((-3.0, -1.0), (0.0, 30.0)), (-1.0, 1.0)
    asked = KnobSweep(choices(app).where, choice, window, 16, 60, ("learning_rate", "warmup"), start)
    found = swept(asked)
    lengths = asked.values(0, 256)["warmup"]
    assert set(lengths) == set(np.unique(np.round(lengths)))
    for n in (0, 100, 255):
        rate = OPTIMIZERS[rule](learning_rate=SCHEDULES["warmup"](10.0 ** asked.grid.starts()[0, n], int(lengths[n])))
        alone = descend(choices(app).build(), rate, np.array(start), 60)
        np.testing.assert_array_equal(found.positions[:, n], alone.positions[:, -1])


def pixels(content):
    """Of a picture, the lowest row first, (rows, columns, 3)."""
    return np.array(Image.open(BytesIO(content)))[::-1].astype(int)


def map_shown(**link):
    """The maps of a link that are seen, each by its number."""
    sharp, around = sharp_maps(choices(opened("maps", **link)))
    return [Shown((*sharp, *around), slot) for slot in range(len(sharp))]


def buttons(**link):
    return [each.label for each in opened("maps", **link).get("download_button")]


def test_a_saved_map_has_a_pixel_for_every_start_and_all_numbers():
    (asked,) = map_shown()
    assert pixels(asked.png()).shape == (SIDE, SIDE, 3)
    with np.load(BytesIO(asked.npz())) as saved:
        landscape = LANDSCAPES["himmelblau"]()
        found = sweep(landscape, OPTIMIZERS["momentum"](learning_rate=0.01), Grid(landscape.domain, SIDE, SIDE), 400)
        np.testing.assert_array_equal(saved["kinds"].ravel(), found.kinds)
        np.testing.assert_array_equal(saved["places"].reshape(2, -1), found.places)
        np.testing.assert_array_equal(saved["ends"].reshape(2, -1), found.positions)
        np.testing.assert_array_equal(saved["steps"].ravel(), found.steps)
        assert [*saved["kind_names"]] == [*KINDS]
        x, y = Grid(landscape.domain, SIDE, SIDE).starts().reshape(2, SIDE, SIDE)
        np.testing.assert_array_equal(saved["columns"], x[0])
        np.testing.assert_array_equal(saved["rows"], y[:, 0])


def test_of_two_maps_each_is_saved_and_where_they_differ():
    link = {"v": "1", "landscape": "himmelblau", "steps": "200", "of": "0~1"}
    one, two = map_shown(**link, run=["gradient_descent~0.02", "momentum~0.01"])
    landscape, ends = LANDSCAPES["himmelblau"](), []
    for asked, optimizer in ((one, OPTIMIZERS["gradient_descent"](0.02)), (two, OPTIMIZERS["momentum"](0.01))):
        found = sweep(landscape, optimizer, Grid(landscape.domain, SIDE, SIDE), 200)
        with np.load(BytesIO(asked.npz())) as saved:
            np.testing.assert_array_equal(saved["places"].reshape(2, -1), found.places)
        arrived = found.kinds == KINDS.index("minimum")
        ends.append(np.where(arrived, np.round(found.places, 3), found.kinds[None] + 100.0))
    dark = pixels(differences_as_png(one.together)).sum(axis=2) < 3 * 128
    np.testing.assert_array_equal(dark.ravel(), (ends[0] != ends[1]).any(axis=0))
    saved = buttons(**link, run=["gradient_descent~0.02", "momentum~0.01"])
    assert [label for label in saved if "Gradient descent" in label] == [
        "Map of Gradient descent, PNG",
        "Map of Gradient descent, PNG, 4,096 × 4,096 pixels",
        "All numbers of Gradient descent, NPZ",
    ]
    assert sum("Momentum" in label for label in saved) == 3
    assert "Where they end differently, PNG" in saved


@pytest.mark.parametrize("colour", ["kind", "loss", "steps"])
def test_a_larger_picture_is_of_the_same_map_and_in_the_colours_of_the_page(colour, monkeypatch):
    monkeypatch.setattr("pages.maps_parts.files.workers", lambda: None)
    monkeypatch.setattr("figures.rasters.STRIP", 500)  # several strips
    (asked,) = map_shown()
    asked = replace(asked, colour=colour)
    assert asked.large_png(SIDE) == asked.png()
    large = pixels(asked.large_png(96))
    own = pixels(replace(asked, together=(replace(asked.sweep, side=96),)).png())
    assert large.shape == (96, 96, 3)
    assert (large == own).all(axis=2).mean() > 0.999  # but for what the small map does not have
    light, found = pixels(asked.png()).sum(axis=2).ravel(), swept(asked.sweep)
    here = found.kinds == KINDS.index("minimum")
    if colour != "kind":
        numbers = built(*asked.sweep.where).value(found.positions) if colour == "loss" else found.steps
        order = np.argsort(numbers[here])
        assert (np.diff(light[here][order]) >= 0).all()  # low and soon is deep
        assert light[here].min() < light[here].max()
        assert (light[found.kinds == KINDS.index("diverged")] == 3 * 255).all()


def test_all_numbers_over_one_knob_are_saved():
    link = {"v": "1", "landscape": "himmelblau", "steps": "100", "map": "knob"}
    asked = over(choices(opened("maps", **link, run=["momentum~0.01", "adam~0.1"])))
    with np.load(BytesIO(values_as_npz(asked))) as saved:
        assert [*saved["runs"]] == ["Momentum", "Adam"]
        assert saved["kinds"].shape == (2, saved["values"].shape[1], STARTS)
        for run, rule in enumerate(("momentum", "adam")):
            optimizer = OPTIMIZERS[rule](learning_rate=saved["values"][run, 40])
            found = sweep(LANDSCAPES["himmelblau"](), optimizer, saved["starts"], 100)
            np.testing.assert_array_equal(saved["kinds"][run, 40], found.kinds)
            np.testing.assert_array_equal(saved["steps"][run, 40], found.steps)
            losses = LANDSCAPES["himmelblau"]().value(found.positions)
            np.testing.assert_array_equal(saved["losses"][run, 40], np.where(np.isnan(losses), np.inf, losses))
    assert "All numbers, NPZ" in buttons(**link, run="momentum~0.01")


def test_polyaks_optimum_is_the_best_of_all_pairs_on_a_quadratic():
    best = polyak(1.0, 25.0)
    rates, momenta = np.meshgrid(np.linspace(0.01, 0.16, 60), np.linspace(0, 0.95, 60))

    def slowest(rate, momentum):
        trace = 1 + momentum - np.multiply.outer(np.array([1.0, 25.0]), rate)
        root = np.sqrt((trace**2 - 4 * momentum).astype(complex))
        return np.maximum(np.abs(trace + root), np.abs(trace - root)).max(axis=0) / 2

    assert slowest(best.learning_rate, best.momentum) == pytest.approx(best.factor, abs=1e-6)
    assert slowest(rates, momenta).min() >= best.factor - 1e-9
    with pytest.raises(ValueError, match="eigenvalues > 0"):
        polyak(-1.0, 2.0)


def test_minima_at_which_the_border_is_drawn_are_minima():
    landscape = LANDSCAPES["himmelblau"]()
    minima = [p for p in find_critical_points(landscape).points if p.kind == "minimum"]
    assert not quadratic(landscape)
    assert all((p.eigenvalues > 0).all() for p in minima)


@pytest.mark.parametrize(("name", "momentum"), [("gradient_descent", 0.0), ("momentum", 0.9)])
def test_beside_a_saddle_the_distance_grows_by_the_law(name, momentum):
    landscape = formula("x**2 - y**2", domain=((-2, 2), (-2, 2)))
    numbers = {"learning_rate": 0.05} | ({"momentum": momentum} if momentum else {})
    optimizer = OPTIMIZERS[name](**numbers)
    factor = growth(0.05, -2.0, momentum)
    run = descend(landscape, optimizer, np.array([0.0, 1e-9]), 60)
    assert run.positions[1, 60] / run.positions[1, 59] == pytest.approx(factor, rel=1e-3)
    radii = np.array([1e-2, 1e-4, 1e-6, 1e-8])
    times = steps_until_away(landscape, optimizer, np.zeros(2), np.array([0.0, 1.0]), radii, 0.5, 400)
    gaps = np.diff(times)
    np.testing.assert_allclose(gaps, np.log(100) / np.log(factor), atol=1.0)


@pytest.mark.parametrize(
    ("optimizer", "steps"),
    [
        (OPTIMIZERS["momentum"](learning_rate=0.01), 100),
        (OPTIMIZERS["gradient_descent"](learning_rate=0.3), 40),  # most runs leave
        (OPTIMIZERS["newton"](), 12),  # by the rule itself
    ],
)
def test_steps_beside_a_saddle_are_those_of_each_run_alone(optimizer, steps):
    landscape = LANDSCAPES["himmelblau"]()
    starts = Grid(landscape.domain, 9, 9).starts()
    place = np.array([0.0866775, 2.8842547])
    counts = steps_beside(landscape, optimizer, starts, steps, place, 1.5)
    assert counts.max() > 0
    for n in range(0, 81, 7):
        path = descend(landscape, optimizer, starts[:, n], steps).positions[:, 1:]
        assert counts[n] == (np.hypot(*(path - place[:, None])) <= 1.5).sum()


def test_the_map_of_a_saddle_becomes_sharper(monkeypatch):
    monkeypatch.setattr("pages.maps_parts.saddles.SIDE", 8)
    app = opened("maps", v="1", landscape="himmelblau", run="momentum~0.013", steps="60", map="saddles")
    landscape, notes = LANDSCAPES["himmelblau"](), " ".join(seen(app)["notes"])
    place, count = re.search(
        r"of the saddle \((.*)\) after a step or more; the longest stay is (\d+) steps", notes
    ).groups()
    at = np.array([number(text) for text in place.split(", ")])
    (saddle,) = [p for p in find_critical_points(landscape).points if np.hypot(*(p.position - at)) < 0.01]
    optimizer = OPTIMIZERS["momentum"](learning_rate=0.013)
    starts = Grid(landscape.domain, SIDE, SIDE).starts()
    counts = steps_beside(landscape, optimizer, starts, 60, saddle.position, 0.5)
    assert int(count) == counts.max()
    with np.load(BytesIO(stays_as_npz(beside(choices(app), saddle)))) as saved:
        np.testing.assert_array_equal(saved["steps_beside"].ravel(), counts)
        np.testing.assert_array_equal(np.stack(np.meshgrid(saved["columns"], saved["rows"])).reshape(2, -1), starts)
        np.testing.assert_array_equal(saved["saddle"], saddle.position)
    monkeypatch.setattr("pages.maps_parts.files.PIECE", 100)  # several at the click
    picture = stays_as_png(beside(choices(app), saddle))
    assert stays_as_large_png(beside(choices(app), saddle), SIDE) == picture
    light = pixels(picture).sum(axis=2).ravel()
    order = np.argsort(counts, kind="stable")
    assert (np.diff(light[order]) >= 0).all()  # pale is long
    assert light.min() < light.max()


def test_the_sentences_about_leaving_a_saddle_are_true():
    app = opened("maps", v="1", landscape="two_weight_network", run="gradient_descent~0.05", steps="300", map="saddles")
    told = " ".join(seen(app)["notes"])
    distance, steps, factor, law = re.search(
        r"Begun (\S+) away, .* after (\d+) steps\. .* by (\S+), which takes (\S+) steps", told
    ).groups()
    landscape, optimizer = LANDSCAPES["two_weight_network"](), OPTIMIZERS["gradient_descent"](learning_rate=0.05)
    beside = float(distance.replace("−", "-")) * np.ones(2) / np.sqrt(2)
    path = descend(landscape, optimizer, beside, 300).positions
    assert np.flatnonzero(np.hypot(*path) > 0.05 * 4)[0] == int(steps)
    assert float(factor) == 1.1
    assert float(law) == pytest.approx(np.log(1e4) / np.log(1.1), rel=5e-3)
    assert "The pale ridge" in told
    assert "No isolated saddle" in said(opened("maps", v="1", landscape="quadratic_bowl", steps="20", map="saddles"))
    # Adam's first step is 0.3 along each axis, out of a circle of radius 0.2.
    far = opened("maps", v="1", landscape="saddle", run="adam~0.3", steps="50", map="saddles")
    assert "From no start in view is a run within 0.2 of the saddle" in " ".join(seen(far)["notes"])
    assert "ridge" not in " ".join(seen(far)["notes"])


def test_another_saddle_is_chosen_from_the_list():
    app = opened("maps", v="1", landscape="himmelblau", run="momentum~0.01", steps="60", map="saddles")
    box = control(app, "selectbox", "Saddle")
    assert len(box.options) == 4
    box.select_index(2).run()
    assert not app.exception
    assert f"of the saddle {box.options[2]}" in " ".join(seen(app)["notes"])
