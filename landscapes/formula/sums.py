"""A sum or a product over whole numbers, written out."""

from landscapes.formula.substitution import substitute
from landscapes.formula.syntax import Name, Node, Place, Product, Sum, changed, parts

MOST_TERMS = 20
MOST_NODES = 1000  # of a sum that is written out


def size(node: Node) -> int:
    """How many nodes a formula has."""
    return 1 + sum(map(size, parts(node)))


def written_out(kind: type[Sum | Product], body: Node, index: str, first: int, last: int, place: Place) -> Node:
    """The terms of a sum or a product, with the numbers from `first` to `last` for its index; x_i becomes x_1 ..."""
    terms = [term(body, index, number) for number in range(first, last + 1)]
    if len(terms) == 1:
        return terms[0]
    sign = "+" if kind is Sum else "*"
    return kind(place, tuple((sign, each) for each in terms))


def term(body: Node, index: str, number: int) -> Node:
    """One term of the sum, as one would write it at the board: x rather than x¹."""
    return substitute(numbered(body, index, number), {index: float(number)})


def numbered(node: Node, index: str, number: int) -> Node:
    """The node with names that carry the index, such as x_i or x_{i+1}, carrying the number."""
    if not isinstance(node, Name):
        return changed(node, lambda part: numbered(part, index, number))
    stem, _, mark = node.name.rpartition("_")
    name, _, further = mark.partition("+")
    if stem and name == index and (further.isdigit() or not further):
        return Name(node.place, f"{stem}_{number + int(further or 0)}")
    return node
