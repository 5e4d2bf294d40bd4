"""The widgets that several pages share."""

from pages.shared.controls.asking import where_they_end, which_rate
from pages.shared.controls.card import card
from pages.shared.controls.controls import (
    field_control,
    knob_label,
    knob_slider,
    landscape_controls,
    look_at,
    noise_controls,
    page_parts,
    view_controls,
)
from pages.shared.controls.download import download
from pages.shared.controls.fields import number_field
from pages.shared.controls.header import above, header, in_size
from pages.shared.controls.ladder import ladder
from pages.shared.controls.picture_downloads import save_pictures
from pages.shared.controls.room import forget_the_class, no_questions, starts_of_the_class
from pages.shared.controls.run_downloads import save
from pages.shared.controls.runs import knob_controls, run_controls
from pages.shared.controls.share import share_controls
from pages.shared.controls.start_controls import (
    add_start,
    further_starts,
    left_out,
    move_start,
    start_controls,
    start_in_words,
    thinned,
)
from pages.shared.controls.suggest import go_to
from pages.shared.controls.tune import tuned

__all__ = [
    "above",
    "add_start",
    "card",
    "download",
    "field_control",
    "forget_the_class",
    "further_starts",
    "go_to",
    "header",
    "in_size",
    "knob_controls",
    "knob_label",
    "knob_slider",
    "ladder",
    "landscape_controls",
    "left_out",
    "look_at",
    "move_start",
    "no_questions",
    "noise_controls",
    "number_field",
    "page_parts",
    "run_controls",
    "save",
    "save_pictures",
    "share_controls",
    "start_controls",
    "start_in_words",
    "starts_of_the_class",
    "thinned",
    "tuned",
    "view_controls",
    "where_they_end",
    "which_rate",
]
