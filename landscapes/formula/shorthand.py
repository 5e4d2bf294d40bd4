"""Functions that are read as what they stand for: softplus(u) is log(1 + exp(u)), and is shown as that.

So they have the derivatives, the stable forms and the exports of the functions in which they are written.
"""

from collections.abc import Mapping

LETTERS = "uvw"  # the arguments, in their order
SHORTHAND: Mapping[tuple[str, int], str] = {  # name and number of arguments
    ("pow", 2): "u**v",
    ("square", 1): "u**2",
    ("exp2", 1): "2**u",
    ("expm1", 1): "exp(u) - 1",
    ("log1p", 1): "log(1 + u)",
    ("log", 2): "log(u)/log(v)",
    ("reciprocal", 1): "1/u",
    ("sec", 1): "1/cos(u)",
    ("csc", 1): "1/sin(u)",
    ("cot", 1): "1/tan(u)",
    ("sech", 1): "1/cosh(u)",
    ("csch", 1): "1/sinh(u)",
    ("coth", 1): "1/tanh(u)",
    ("acosh", 1): "log(u + sqrt(u - 1)*sqrt(u + 1))",
    ("atanh", 1): "(log(1 + u) - log(1 - u))/2",
    ("softplus", 1): "log(1 + exp(u))",
    ("softplus", 2): "log(1 + exp(v*u))/v",
    ("softsign", 1): "u/(1 + abs(u))",
    ("logsigmoid", 1): "-log(1 + exp(-u))",
    ("silu", 1): "u*sigmoid(u)",
    ("mish", 1): "u*tanh(log(1 + exp(u)))",
    ("gelu", 1): "u*(1 + erf(u/sqrt(2)))/2",
    ("elu", 1): "where(u > 0, u, exp(u) - 1)",
    ("elu", 2): "where(u > 0, u, v*(exp(u) - 1))",
    ("leaky_relu", 1): "where(u > 0, u, 0.01*u)",
    ("leaky_relu", 2): "where(u > 0, u, v*u)",
    ("relu6", 1): "min(max(u, 0), 6)",
    ("hardtanh", 1): "min(max(u, -1), 1)",
    ("hinge", 1): "max(1 - u, 0)",
    ("huber", 1): "where(abs(u) > 1, abs(u) - 1/2, u**2/2)",
    ("logcosh", 1): "log(cosh(u))",
    ("clip", 3): "min(max(u, v), w)",
    ("logaddexp", 2): "log(exp(u) + exp(v))",
    ("hypot", 2): "sqrt(u**2 + v**2)",
    ("hypot", 3): "sqrt(u**2 + v**2 + w**2)",
    ("logsumexp", 2): "log(exp(u) + exp(v))",
    ("logsumexp", 3): "log(exp(u) + exp(v) + exp(w))",
}
BASES = {2.0: "log2", 10.0: "log10"}  # of logarithms with a name of their own
COUNTS: Mapping[str, tuple[int, ...]] = {
    name: tuple(count for other, count in SHORTHAND if other == name) for name, _ in SHORTHAND
}
OF_ONE = frozenset(name for name, count in SHORTHAND if count == 1)
