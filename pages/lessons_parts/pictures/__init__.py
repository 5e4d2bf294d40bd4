"""Pictures of Data and of Networks that a lesson may show: one file each."""

from collections.abc import Mapping, Sequence
from typing import Any

from pages.data_parts.choices import DataChoices
from pages.data_parts.link import read as read_data
from pages.lessons_parts.pictures.activations import ACTIVATIONS
from pages.lessons_parts.pictures.depth import DEPTH
from pages.lessons_parts.pictures.model_bias import MODEL_BIAS
from pages.lessons_parts.pictures.normalisation import NORMALISATION
from pages.lessons_parts.pictures.page_picture import PagePicture
from pages.lessons_parts.pictures.races import RACES
from pages.lessons_parts.pictures.softmax import SOFTMAX
from pages.lessons_parts.pictures.training_test import TRAINING_TEST
from pages.networks_parts.choices import SCHEMA as NETWORKS
from pages.networks_parts.choices import NetworksChoices

PAGE_PICTURES: Mapping[str, PagePicture[Any]] = {  # by the part of the page
    "batch": RACES,
    "training_test": TRAINING_TEST,
    "softmax": SOFTMAX,
    "activations": ACTIVATIONS,
    "normalisation": NORMALISATION,
    "model_bias": MODEL_BIAS,
    "depth": DEPTH,
}

__all__ = ["PAGE_PICTURES", "PagePicture", "read_picture"]


def read_picture(page: str, link: Mapping[str, Sequence[str]]) -> DataChoices | NetworksChoices:
    """The choices that a link to Data or to Networks asks for."""
    return read_data(link)[0] if page == "data" else NETWORKS.read(link)[0]
