"""Update rules that someone typed: plain lines become a rule like any other, and nothing in them is ever executed."""

from optimizers.typed.naming import LONGEST_TITLE, Titled, title_of, titled, with_title
from optimizers.typed.program import LONGEST
from optimizers.typed.rule import heavy, typed_rule
from optimizers.typed.starting_points import LINES

__all__ = ["LINES", "LONGEST", "LONGEST_TITLE", "Titled", "heavy", "title_of", "titled", "typed_rule", "with_title"]
