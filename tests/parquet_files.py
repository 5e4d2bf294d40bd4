"""A Parquet file with a column of every kind."""

import datetime
import decimal
import io

import pyarrow as pa
import pyarrow.parquet as pq


def file_of(table, **options):
    sink = io.BytesIO()
    pq.write_table(pa.table(table), sink, **options)
    return sink.getvalue()


KINDS = {
    "whole": pa.array([1, None, 3, -200], pa.int16()),
    "half": pa.array([0.5, 1.5, float("nan"), float("inf")], pa.float32()),
    "exact": pa.array([decimal.Decimal("1.25"), decimal.Decimal("-3.5"), None, decimal.Decimal(0)]),
    "day": pa.array([datetime.date(2024, 3, 1), None, datetime.date(2024, 2, 28), datetime.date(1999, 12, 31)]),
    "time": pa.array([datetime.datetime(2024, 1, 1, 12), datetime.datetime(2024, 1, 2), None, None]),
    "true": pa.array([True, False, None, True]),
    "kind": pa.array(["cat", "dog", "cat", None]).dictionary_encode(),
    "price": pa.array(["$1,200.50", "$3.25", "?", "$7.00"]),
    "many": pa.array(["a", "b", "c", "d"]),
    "nothing": pa.nulls(4),
    "list": pa.array([[1], [2], [], None]),
}
