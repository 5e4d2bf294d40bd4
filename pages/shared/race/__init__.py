"""The race of the runs: computed, recorded, remarked on, and as pictures and rows."""

from pages.shared.race.compute import (
    critical_points,
    crowds,
    lowest,
    outcomes,
    scale,
    window_scale,
)
from pages.shared.race.flood import STARTS, flood, spread
from pages.shared.race.race import Entry, LossAxis, ends, entries, in_a_word, landmarks, loss_axis
from pages.shared.race.recording import from_every_start, measured, recorded
from pages.shared.race.remarks import bad_batch, conventions, idle_schedules, rates_in_words, scheduled, thrown_out
from pages.shared.race.tables import steps_to_arrive, table
from pages.shared.race.trajectories import race_as_json
from pages.shared.work import Once, breathe, in_turn, kept

__all__ = [
    "STARTS",
    "Entry",
    "LossAxis",
    "Once",
    "bad_batch",
    "breathe",
    "conventions",
    "critical_points",
    "crowds",
    "ends",
    "entries",
    "flood",
    "from_every_start",
    "idle_schedules",
    "in_a_word",
    "in_turn",
    "kept",
    "landmarks",
    "loss_axis",
    "lowest",
    "measured",
    "outcomes",
    "race_as_json",
    "rates_in_words",
    "recorded",
    "scale",
    "scheduled",
    "spread",
    "steps_to_arrive",
    "table",
    "thrown_out",
    "window_scale",
]
