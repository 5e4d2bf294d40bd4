"""A table in a Parquet file, bounded before it is unpacked: its columns as a table of text has them."""

from pages.data_parts.parquet.bounds import MAGIC
from pages.data_parts.parquet.reader import read_parquet

__all__ = ["MAGIC", "read_parquet"]
