"""Networks as a visitor uses it: every number and clause on the page is what the networks of this run come to."""

import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from short_trainings import short_trainings
from visitor import control, opened, press, said

from figures.stage.packing import unpack
from landscapes.networks import barrier, explained_of_random_walks, outputs_of, plane, random_directions
from pages.networks_parts import (
    depth,
    path,
    slice,
    slice_cut,
    slice_line,
    slice_predictions,
    slice_words,
    training,
    two_minima,
)
from pages.networks_parts.choices import PARTS, SCHEMA, NetworksChoices
from pages.networks_parts.choices.path import OFFERED
from pages.networks_parts.choices.slice import BELOW, DATA, SCALES
from pages.networks_parts.grid import losses_on, minima_on
from pages.networks_parts.progress import STOPPED, heard_by, mover, report, stage_of
from pages.networks_parts.training import Training, trained
from pages.shared.state import run_choice
from words import short

SMALL = {"part": "slice", "slice_depth": "2", "slice_width": "6"}
SHORT = {"spectrum_steps": "100", "many_searches": "10", "many_width": "2", "depth_steps": "50", "depth_width": "4"}


def seen(app):
    (stage,) = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "fall_line_stage"]
    return unpack(stage.bytes)[0]


def chosen(app):
    return app.session_state["networks choices"]


def number(text):
    return float(text.replace("−", "-").replace(",", ""))


def test_a_visitor_without_a_link_sees_two_minima_of_one_network():
    app = opened("networks")
    assert chosen(app) == NetworksChoices()
    assert chosen(app).part == "two_minima"
    assert [*seen(app)["panels"]] == ["line", "plane"]
    assert not said(app)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_by_link_has_text_alternatives_and_is_chosen_in_one_row(part):
    with short_trainings():
        app = opened("networks", v="1", part=part, bias_seed="919", **SHORT)
    assert chosen(app).part == part
    assert all(len(panel["alt"]) > 40 for panel in seen(app)["panels"].values())
    assert app.query_params.get("part", ["two_minima"]) in ([part], part)


def test_what_is_chosen_stands_in_the_link_and_is_taken_back():
    app = opened("networks")
    control(app, "selectbox", "Beside the network").select("seed").run()
    assert not app.exception
    assert app.query_params["two_pair"] in ("seed", ["seed"])
    press(app, "Undo")
    assert chosen(app) == NetworksChoices()


@pytest.mark.parametrize("part", ["slice", "depth"])
def test_for_a_lecture_hall_letters_and_lines_are_larger(part):
    link = SHORT | {"slice_depth": "1", "slice_width": "4", "part": part}
    usual, hall = (seen(opened("networks", v="1", size=size, **link))["panels"] for size in ("screen", "hall"))
    for name in hall:
        assert hall[name]["layout"]["font"]["size"] > usual[name]["layout"].get("font", {}).get("size", 12)
    if part == "depth":
        widths = [[trace["line"]["width"] for trace in panels["without"]["data"]] for panels in (usual, hall)]
        assert all(large > 1.5 * small for small, large in zip(*widths, strict=True))


def test_nonsense_in_a_link_is_said_and_the_rest_is_followed():
    app = opened("networks", v="1", part="atlas", two_width="0", two_seed="3", run="adm")
    assert "atlas" in said(app)
    assert "from 2 to 64" in said(app)
    assert (chosen(app).two_width, chosen(app).two_seed) == (16, 3)


def test_choices_come_back_from_their_link():
    choices = NetworksChoices(
        part="slice",
        slice_depth=4,
        slice_skip=0.3,
        slice_point=(0.25, -0.5),
        runs=(run_choice("lion"),),
        two_pair="seed",
    )
    link = {name: [text] if isinstance(text, str) else text for name, text in SCHEMA.write(choices).items()}
    assert SCHEMA.read(link) == (choices, [])


# Two minima


def pair(kind, other=1):
    return two_minima.pair_of(two_minima.training_of(NetworksChoices()), kind, other)


def test_a_shuffled_copy_has_the_same_loss_a_wall_before_it_and_none_when_matched():
    found = pair("copy")
    loss = found.network.train
    own, copied = float(loss.value(found.network.weights)), float(loss.value(found.other))
    assert abs(own - copied) < 1e-15
    np.testing.assert_array_equal(found.matched, found.network.weights)
    assert found.before[0].height > 0.3
    notes = " ".join(seen(opened("networks"))["notes"])
    assert f"its training loss is {short(own)}" in notes
    assert (f"equal but for {short(abs(own - copied))}" in notes) == (own != copied)
    assert f"rises {short(found.before[0].height)} above" in notes
    assert "the network's own weights, to the last digit: there is no wall" in notes


@pytest.mark.parametrize("kind", ["copy", "seed"])
def test_the_table_of_walls_is_what_the_lines_rise(kind):
    found, tree = pair(kind), seen(opened("networks", v="1", two_pair=kind))
    theta, network = found.network.weights, found.network
    _, test = training.examples_of(network.training)
    for column, end in enumerate((found.other, found.matched), start=1):
        heights = [barrier(loss, theta, end, two_minima.POINTS).height for loss in (network.train, network.test)]
        right = outputs_of(network.architecture, (theta + end) / 2, test.inputs).argmax(0) == test.targets.argmax(0)
        expected = [*heights, 100 * right.mean(), np.linalg.norm(theta - end)]
        written = [number(row[column]) for row in tree["table"]["rows"]]
        assert written == pytest.approx(expected, rel=5e-3, abs=1e-12)


def test_the_same_seed_twice_is_one_network_and_that_is_said():
    app = opened("networks", v="1", two_width="2", two_seed="7", two_other="7", two_pair="seed")
    assert "Both seeds are the same" in said(app)


def test_where_three_points_lie_on_one_line_the_line_is_shown_without_a_plane():
    app = opened("networks", v="1", two_width="2", two_other="3")  # of two units there is but one other order
    found = two_minima.pair_of(two_minima.training_of(chosen(app)), "copy", 3)
    assert found.sliced is None
    assert found.before[0].height > 0
    tree = seen(app)
    assert [*tree["panels"]] == ["line"]
    assert tree["notes"][-1] == "No plane is shown, as network, copy and another copy lie on one line."


def test_between_two_seeds_matching_lowers_the_wall_and_the_plane_holds_the_three_points():
    found = pair("seed")
    assert found.after[0].height < 0.1 * found.before[0].height
    window = found.sliced.window
    for place in found.places.T:
        assert all(low < c < high for c, (low, high) in zip(place, window, strict=True))
    for name in ("network", "other network", "other, units matched"):
        assert name in " ".join(seen(opened("networks", v="1", two_pair="seed"))["notes"])


def test_a_shuffle_that_leaves_every_unit_is_said():
    seeds = [n for n in range(9) if pair_places(n) is None]
    app = opened("networks", v="1", two_width="2", two_other=str(seeds[0]))
    assert "the one that the network has" in said(app)


def pair_places(other):
    small = two_minima.training_of(NetworksChoices(two_width=2))
    return two_minima.pair_of(small, "copy", other).sliced


# Slice


def test_the_fair_pair_is_equally_trained_and_one_slice_is_pitted_and_the_other_is_not():
    tree = seen(opened("networks", v="1", part="slice"))
    without, with_skips = (trained(each) for each in slice.trainings(NetworksChoices()))
    minima = []
    for network, row, note in zip((without, with_skips), tree["table"]["rows"], tree["notes"], strict=False):
        flat = plane(network.train, network.weights, random_directions(network.architecture, network.weights, 1))
        grid = losses_on(flat, ((-1.0, 1.0), (-1.0, 1.0)), 41)
        count = minima_on(grid)
        minima.append(count)
        assert row[-2] == f"{count}"
        assert number(row[1]) == pytest.approx(float(network.train.value(network.weights)), rel=5e-3)
        assert number(row[2]) == pytest.approx(float(network.test.value(network.weights)), rel=5e-3)
        assert number(row[-1]) == pytest.approx(grid.losses.max(), rel=5e-3)
        assert re.search(rf"{count} minim(um|a) on the grid of 41 × 41 nodes", note)
    assert minima[0] >= 20
    assert minima[1] == 1
    assert "about equally trained" in tree["notes"][2]


@pytest.mark.long
def test_at_depth_twenty_the_page_says_that_the_two_are_not_equally_trained():
    assert "not equally trained" in " ".join(seen(opened("networks", v="1", part="slice", slice_depth="20"))["notes"])


@pytest.mark.parametrize(("second", "alike"), [(1.01, True), (1.65, False)])
def test_losses_far_apart_are_not_called_alike_where_one_network_began_far_above_the_other(second, alike):
    cuts = [
        SimpleNamespace(
            network=SimpleNamespace(
                train=SimpleNamespace(value=lambda theta: theta[0]), positions=np.array([[before, after]])
            ),
            origin=np.array([after]),
            step=300,
        )
        for before, after in ((2.3, 1.0), (8760.0, second))
    ]
    sentence = slice_words.training_in_words(cuts, ["plain", "skips"])
    assert ("about equally trained" in sentence) == alike
    assert f"{short(100 * (second - 1.0) / 2.3)} % of the 2.3 before training" in sentence


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("below", BELOW)
def test_every_set_of_examples_has_every_picture(data, below):
    app = opened("networks", v="1", slice_data=data, slice_below=below, **SMALL)
    assert len(seen(app)["panels"]) == (3 if below == "line" else 4)


@pytest.mark.parametrize("scale", SCALES)
def test_every_kind_of_directions_and_both_losses_are_sliced_at_any_step(scale):
    app = opened("networks", v="1", slice_scale=scale, slice_examples="test", slice_step="40", **SMALL)
    assert "At step 40 " in " ".join(seen(app)["notes"])


def test_the_network_at_the_chosen_point_predicts_what_is_said():
    app = opened("networks", v="1", slice_below="predictions", slice_point="0.5~-0.25", **SMALL)
    choices = chosen(app)
    for each, note in zip(slice.trainings(choices), seen(app)["notes"][-2:], strict=True):
        network = trained(each)
        directions = random_directions(network.architecture, network.weights, choices.slice_directions)
        there = network.weights + directions @ np.array([0.5, -0.25])
        _, test = training.examples_of(each)
        right = outputs_of(network.architecture, there, test.inputs).argmax(0) == test.targets.argmax(0)
        assert f"at (0.5, −0.25) the network puts {short(100 * right.mean())} % of the test examples" in note


def test_a_network_with_too_many_parameters_is_refused_with_what_would_do():
    app = opened("networks", v="1", part="slice", slice_depth="40", slice_width="24")
    assert "at most 20,000 parameters" in said(app).replace("\\", "")


def dips(losses):
    return int(((losses[1:-1] < losses[:-2]) & (losses[1:-1] < losses[2:])).sum())


def test_a_line_counts_its_minima():
    app = opened("networks", v="1", part="slice", slice_below="line")
    counts = []
    for each, name in zip(slice.trainings(chosen(app)), ("Without", "With"), strict=True):
        network = trained(each)
        direction = random_directions(network.architecture, network.weights, 1)[:, :1]
        losses = network.train.value(network.weights[:, None] + direction * np.linspace(-1, 1, 201))
        counts.append(dips(losses))
        said_of_it = rf"{name} skip connections: {counts[-1]} minim(um|a) between its ends, where the losses are "
        assert re.search(said_of_it + f"{short(losses[0])} and {short(losses[-1])}", seen(app)["notes"][-1])
    assert counts[0] >= 10
    assert counts[1] == 1


LINES_SEEN = {
    "points": {"slice_from": "-0.8~0.1", "slice_point": "0.2~0.3", "slice_third": "0.9~-0.5"},
    "training": {},
    "seeds": {},
}


@pytest.mark.parametrize("kind", LINES_SEEN)
def test_a_line_leads_through_the_points_that_are_asked_for(kind):
    app = opened("networks", v="1", slice_below="line", slice_line=kind, **LINES_SEEN[kind], **SMALL)
    panel = slice_line.on_the_line(chosen(app), ["plain", "skips"])
    for each, drawn in zip(slice.trainings(chosen(app)), panel.figure.data, strict=True):
        network = trained(each)
        plane_of = random_directions(network.architecture, network.weights, 1)
        knots = {
            "points": [network.weights + plane_of @ np.array(c) for c in ((-0.8, 0.1), (0.2, 0.3), (0.9, -0.5))],
            "training": [network.positions[:, 0], network.weights],
            "seeds": [network.weights, trained(replace(each, seed=1)).weights],
        }[kind]
        at = np.linspace(0, len(knots) - 1, 201)
        way = np.stack([np.interp(at, range(len(knots)), coordinate) for coordinate in np.transpose(knots)])
        np.testing.assert_allclose(drawn.y, network.train.value(way), rtol=1e-9)
    assert "at 201 points of" in seen(app)["notes"][-1]
    dashed = [trace for trace in seen(app)["panels"]["map"]["data"] if trace.get("line", {}).get("dash") == "dash"]
    assert len(dashed) == (kind == "points")
    assert f"{short(panel.figure.data[1].y.max())}." in seen(app)["notes"][-1]


def test_a_line_from_a_point_to_itself_leads_through_the_middle():
    app = opened("networks", v="1", slice_below="line", slice_line="points", slice_from="0~0", **SMALL)
    assert "from (0, 0) to (1, 0)" in seen(app)["notes"][-1]


# Slices that play


@pytest.mark.long
def test_a_training_is_sliced_around_the_weights_of_its_steps_and_once():
    app = opened("networks", v="1", slice_plays="1", slice_below="predictions", slice_point="0.5~0", **SMALL)
    tree, choices = seen(app), chosen(app)
    assert tree["steps"] == 300
    assert ["play"] in tree["rows"]
    for each, name in zip(slice.trainings(choices), ("Without", "With"), strict=True):
        network, moments = trained(each), slice_cut.played(each, "filter", 1, "train")
        assert moments.slices[3] is slice_cut.played(each, "filter", 1, "train").slices[3]
        for number in (0, 4, 12):
            theta = network.positions[:, 25 * number]
            flat = plane(network.train, theta, random_directions(network.architecture, theta, 1))
            side = np.linspace(-1, 1, 31)
            np.testing.assert_array_equal(moments.slices[number].losses, flat.value(np.array(np.meshgrid(side, side))))
        counts = [minima_on(one) for one in moments.slices]
        sentence = f"{name} skip connections: minima on the slice around the weights, of 31 × 31 nodes: {counts[0]} at"
        assert f"{sentence} step 0, {counts[-1]} at step 300, and the most, {max(counts)}," in " ".join(tree["notes"])
    for panel in ("map", "other", "left", "right"):
        assert "z" in tree["panels"][panel]["data"][0]["meta"]["moments"]


def test_losses_along_a_line_play_within_one_range_and_are_named_in_the_legend():
    app = opened("networks", v="1", slice_plays="1", slice_below="line", **SMALL)
    figure = slice_line.on_the_line(chosen(app), ["plain", "skips"]).figure
    playing = [trace for trace in figure.data if (trace.meta or {}).get("plays")]
    assert [trace.name for trace in playing] == ["plain", "skips"]
    assert [trace.name for trace in figure.data if trace.showlegend is not False] == ["plain", "skips"]
    for each, trace in zip(slice.trainings(chosen(app)), playing, strict=True):
        theta = trained(each).positions[:, 100]
        direction = random_directions(trained(each).architecture, theta, 1)[:, :1]
        expected = trained(each).train.value(theta[:, None] + direction * np.linspace(-1, 1, 201))
        np.testing.assert_allclose(trace.meta["frames"][4], expected, rtol=1e-9)
        assert trace.meta["frames"].max() <= figure.layout.yaxis.range[1]


def test_predictions_move_with_the_weights_that_play():
    app = opened("networks", v="1", slice_plays="1", slice_below="predictions", slice_scale="pca", **SMALL)
    tree = seen(app)
    assert "the training begins" in " ".join(tree["notes"])
    assert tree["start"] is None  # what is predicted follows the training, and not a ring
    training_asked = slice.trainings(chosen(app))[0]
    network, (_, test) = trained(training_asked), training.examples_of(training_asked)
    cut = slice_cut.cut_of(training_asked, 300, "pca", 1)
    panel = slice_predictions.predicted("left", "plain", cut, (0.0, 0.0), slice.weights_played(chosen(app), cut, 0, ()))
    true = test.targets.argmax(axis=0)
    for number in (0, 5, 12):
        taken = outputs_of(network.architecture, network.positions[:, 25 * number], test.inputs).argmax(axis=0)
        counted = panel.figure.data[0].meta["moments"]["z"][number]
        assert counted[2, 4] == ((true == 2) & (taken == 4)).sum()
        assert np.trace(counted) == (true == taken).sum()


# Path


def test_the_paths_have_the_true_loss_the_loss_on_the_plane_and_what_is_off_it():
    app = opened("networks", v="1", part="path")
    tree, choices = seen(app), chosen(app)
    assert [*tree["panels"]] == ["map", "explained", "loss", "off"]
    found = path.paths_of(path.trainings(choices), "pca")
    for row, network, off, away in zip(tree["table"]["rows"], found.networks, found.off_plane, found.away, strict=True):
        assert number(row[1]) == pytest.approx(float(network.train.value(network.weights)), rel=5e-3)
        assert number(row[4]) == pytest.approx(off[-1], rel=5e-3)
        assert number(row[5]) == pytest.approx(away[-1], rel=5e-3)
    for coordinates, off, away in zip(found.coordinates, found.off_plane, found.away, strict=True):
        np.testing.assert_allclose(np.hypot(np.hypot(*coordinates), off), away, rtol=1e-12, atol=1e-12)


def test_the_share_of_the_plane_stands_beside_that_of_random_walks():
    app = opened("networks", v="1", part="path")
    found = path.paths_of(path.trainings(chosen(app)), "pca")
    by_chance = explained_of_random_walks(found.networks[0].weights.size, 132, 3)
    note = seen(app)["notes"][0]
    assert f"lie {short(100 * found.explained.sum())} % of the squared distances" in note
    assert f"has {short(100 * by_chance.sum())} % of theirs" in note


def test_one_random_walk_about_its_start_has_a_plane_with_most_of_it():
    assert explained_of_random_walks(900, 200, 1).sum() > 0.8
    assert explained_of_random_walks(900, 200, 3).sum() < explained_of_random_walks(900, 200, 1).sum()


def test_on_a_random_plane_the_distance_from_it_is_shown_and_is_nearly_all():
    app = opened("networks", v="1", part="path", path_plane="random")
    found = path.paths_of(path.trainings(chosen(app)), "random")
    assert found.explained.sum() < 0.05
    assert "off" in seen(app)["panels"]
    assert all(off[-1] > 0.95 * away[-1] for off, away in zip(found.off_plane, found.away, strict=True))


@pytest.mark.parametrize("name", OFFERED)
def test_every_rule_that_is_offered_trains_a_network(name):
    app = opened("networks", v="1", part="path", path_steps="10", path_width="3", run=[name, "adam"])
    assert len(seen(app)["table"]["rows"]) == 2


def test_a_rule_that_cannot_is_refused_in_a_sentence_and_the_others_run():
    app = opened("networks", v="1", part="path", path_steps="10", run=["newton", "adam"])
    assert "Newton cannot train a network here" in said(app)
    assert len(seen(app)["table"]["rows"]) == 1


@pytest.mark.parametrize("rate", ["0", "1e300"])
def test_without_a_path_that_spans_a_plane_that_is_said(rate):
    app = opened("networks", v="1", part="path", path_steps="10", path_width="3", run=[f"gradient_descent~{rate}"])
    assert "made no path that spans a plane" in said(app)


@pytest.mark.long
def test_steps_are_bounded_by_the_weights_that_are_recorded(monkeypatch):
    largest = NetworksChoices(path_depth=20, path_width=24, path_steps=400)
    assert path.steps_taken(largest) * 13_810 * 3 <= path.MOST_NUMBERS
    monkeypatch.setattr(path, "MOST_NUMBERS", path.MOST_NUMBERS // 10)
    app = opened("networks", v="1", part="path", path_depth="20", path_width="24", path_steps="400")
    taken = path.steps_taken(chosen(app))
    assert 0 < taken * 13_810 * 3 <= path.MOST_NUMBERS
    assert f"Only {taken} of 400 steps are made" in " ".join(seen(app)["notes"])


# Training and progress


def test_a_training_is_done_once_and_is_what_descend_gives(monkeypatch):
    asked = Training(width=4, depth=0, steps=25, seed=77)
    counted, whole = [], training.descend
    monkeypatch.setattr(training, "descend", lambda *a, **k: counted.append(1) or whole(*a, **k))
    shares = []
    with heard_by(shares.append):
        found = trained(asked)
    again = trained(asked)
    assert found is again
    assert (len(counted), shares[-1]) == (3, 1.0)
    alone = whole(found.train, asked.run.build(), np.array(found.train.start), 25)
    np.testing.assert_array_equal(found.positions, alone.positions)


def test_of_the_trainings_of_every_depth_the_losses_are_kept_and_the_weights_are_not():
    without, _ = depth.trainings(NetworksChoices(depth_steps=50, depth_width=4, depth_seed=79))
    losses = depth.losses_of(without[0])
    assert depth.losses_of.has(without[0])
    assert not trained.has(without[0])
    network = trained(without[0])
    np.testing.assert_array_equal(losses.train[-1], network.train.value(network.weights))


def test_a_training_that_diverges_ends_before_it_leaves():
    found = trained(
        Training(
            width=4,
            depth=0,
            normalised=False,
            output_loss="squared_error",
            steps=60,
            run=run_choice("gradient_descent", learning_rate=1e4),
        )
    )
    assert found.diverged
    assert np.isfinite(found.positions).all()


def test_a_long_training_is_thinned_and_keeps_its_last_step(monkeypatch):
    monkeypatch.setattr(training, "MOST_OF_ONE", 3000)
    found = trained(Training(width=4, depth=0, steps=31, seed=78))
    assert found.positions.size <= 3000 + 2 * found.weights.size
    assert found.steps[-1] == 31


def test_stages_report_their_share_of_the_whole():
    heard = []
    with heard_by(heard.append), stage_of(0.5, 1.0):
        report(0.5)
    assert heard == [0.75]


def test_a_bar_is_sent_no_more_than_can_be_seen_of_it():
    sent = []
    move = mover(SimpleNamespace(progress=lambda share, _: sent.append(share)), "")
    for share in np.linspace(0.0, 1.2, 5000):
        move(share)
    assert sent == list(range(1, 101))


def test_work_that_was_stopped_is_not_done_until_it_is_asked_for_again():
    app = opened("networks", v="1", two_seed="4242", folded=True)
    choices = chosen(app)
    app.session_state[STOPPED] = (two_minima.training_of(choices), "copy", 555)
    app.query_params["two_other"] = "555"
    control(app, "text_input", "Seed of the shuffle, or of the other network").set_value("555").run()
    assert not app.exception
    assert not two_minima.pair_of.has(two_minima.training_of(choices), "copy", 555)
    press(app, "Go on")
    assert two_minima.pair_of.has(two_minima.training_of(choices), "copy", 555)
