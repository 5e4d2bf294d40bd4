"""How large a Parquet file is once it is unpacked, by what it says itself, before anything in it is unpacked.

Source: Apache Parquet, parquet.thrift, the structs FileMetaData, RowGroup, ColumnMetaData and PageHeader.
"""

from typing import Any

from landscapes.from_data.reading import MOST_BYTES, MOST_CELLS, MOST_COLUMNS
from pages.data_parts.parquet.thrift import read_struct
from words import message

MAGIC = b"PAR1"  # first and last four bytes
MOST_UNPACKED = 64_000_000  # bytes of all pages
MOST_WIDTH = 32  # bytes of a value of fixed length: a decimal number of 76 digits
MOST_NODES = 4 * MOST_COLUMNS  # of the schema, with columns within columns
FIXED = 7  # the physical type of values of fixed length


def check_size(content: bytes) -> None:
    """Refuses what is no Parquet file of a size that is read.

    Raises:
        ValueError: a sentence that says why.
    """
    if len(content) > MOST_BYTES:
        size, most = f"{len(content):,}", f"{MOST_BYTES:,}"
        raise ValueError(message("The file has {size} bytes; at most {most} are read.", size=size, most=most))
    try:
        _check(content, _footer(content))
    except (KeyError, TypeError, AttributeError, IndexError) as error:  # a field is missing, or of another kind
        raise broken() from error


def broken() -> ValueError:
    """What is said of a file that contradicts itself."""
    return ValueError(message("The Parquet file is damaged or incomplete: save the table as CSV and try again."))


def _footer(content: bytes) -> dict[int, Any]:
    """The struct FileMetaData in front of its length and the last four bytes."""
    length = int.from_bytes(content[-8:-4], "little")
    if content[-4:] != MAGIC or len(content) < 12 or length > len(content) - 12:
        raise broken()
    return _struct(content[:-8], len(content) - 8 - length)[0]


def _struct(content: bytes, at: int) -> tuple[dict[int, Any], int]:
    try:
        return read_struct(content, at)
    except ValueError as error:
        raise broken() from error


def _check(content: bytes, footer: dict[int, Any]) -> None:
    leaves = [node for node in footer[2][1:] if not node.get(5)]
    rows = sum(group[3] for group in footer[4])
    if rows != footer[3] or rows < 0 or any(group[3] < 0 for group in footer[4]):
        raise broken()
    if len(leaves) > MOST_COLUMNS or len(footer[2]) > MOST_NODES:
        raise ValueError(
            message(
                "The table has {count} columns; at most {most} are read.", count=f"{len(leaves):,}", most=MOST_COLUMNS
            )
        )
    if rows * len(leaves) > MOST_CELLS:
        count, most = f"{rows * len(leaves):,}", f"{MOST_CELLS:,}"
        raise ValueError(message("The table has {count} cells; at most {most} are read.", count=count, most=most))
    unpacked = 0
    for group in footer[4]:
        if len(group[1]) != len(leaves):
            raise broken()
        for leaf, chunk in zip(leaves, group[1], strict=True):
            if leaf.get(1) == FIXED and leaf.get(2, 0) > MOST_WIDTH:
                continue  # such a column is not read
            flat = leaf.get(3) in (0, 1)  # required or optional: a value or none for each row
            unpacked += _unpacked(content, chunk[3], group[3] if flat and len(leaves) + 1 == len(footer[2]) else None)
    if unpacked > MOST_UNPACKED:
        raise ValueError(
            message(
                "The file is {size} bytes once it is unpacked; at most {most} are read.",
                size=f"{unpacked:,}",
                most=f"{MOST_UNPACKED:,}",
            )
        )


def _unpacked(content: bytes, column: dict[int, Any], rows: int | None) -> int:
    """The bytes of a column's pages once they are unpacked, where it has a value for each of so many rows."""
    starts = [column[9], *([column[11]] if column.get(11, 0) > 0 else [])]
    at = min(starts)
    end = at + column[7]
    if not 4 <= at <= end <= len(content):
        raise broken()
    size = values = 0
    while at < end and (rows is None or values < rows):
        page, at = _struct(content[:end], at)
        packed = page[3]
        if packed < 0 or page[2] < 0 or at + packed > end:
            raise broken()
        at += packed
        size += page[2]
        values += page[5][1] if 5 in page else page[8][1] if 8 in page else 0
    if rows is not None and values != rows:
        raise broken()
    return size
