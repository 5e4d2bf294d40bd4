"""The letters of every rule: how its memories are written, and its lines where they change on the way."""

from collections.abc import Mapping
from typing import Any

from optimizers.optimizer import Rule

# Knobs are named by their symbols.
SYMBOLS = {
    **{"η": r"\eta", "β": r"\beta", "β₁": r"\beta_1", "β₂": r"\beta_2", "β₃": r"\beta_3", "τ": r"\tau", "α": r"\alpha"},
    **{"ε": r"\varepsilon", "ε₀": r"\varepsilon_0", "ρ": r"\rho", "λ": r"\lambda", "ψ": r"\psi", "δ": r"\delta"},
    **{"γ": r"\gamma", "η₋": r"\eta_-", "η₊": r"\eta_+", "Δ₀": r"\Delta_0", "Δ₁": r"\Delta_1", "Δ₂": r"\Delta_2"},
    **{"d₀": "d_0", "c": "c", "k": "k"},
}
# Memories are named by the fields of the state, most of which are letters already.
FIELDS = {
    **{"sigma": r"\sigma", "v_max": r"v_{\max}", "g": "g_{-1}", "p": "p_{-1}", "step": r"\Delta", "start": "p_0"},
    **{"largest": r"\eta_{\max}", "weights": "W", "product": r"\Pi", "alpha": r"\alpha", "eigenvalues": r"\lambda"},
    **{"b": "B", "rho": r"\varrho", "scale": r"\gamma_0"},
    **{"c1": r"1 - \beta_1^t", "c2": r"1 - \beta_2^t", "c3": r"1 - \beta_3^t"},
}
COUNTERS = ("t", "values", "path")  # fields that count or replay, and remember nothing of the slope
OPAQUE = {
    "bfgs",
    "lbfgs",
    "conjugate_gradient",
    "nelder_mead",
    "scipy_bfgs",
    "scipy_trust_region",
}  # searches, not lines
GIVEN = {"line_search": {r"\alpha": "alpha"}, "rprop": {r"\Delta": "step", r"\tilde g": "g"}}  # read off the new state
MOMENTUM = {
    **dict.fromkeys(("momentum", "momentum_ema", "nesterov"), "v"),
    **dict.fromkeys(("momentum_lee", "adam", "adam_uncorrected", "amsgrad", "adamax", "nadam", "radam"), "m"),
    **dict.fromkeys(("adamw", "adam_l2", "adabelief", "adan", "lion", "yogi", "prodigy"), "m"),
}  # the field whose part in a step can be told apart

_MEANS = r"m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \quad \hat m = \frac{m}{1 - \beta_1^t}"
_SQUARES = r"v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2"
_RADAM = (
    rf"{_MEANS} \\ {_SQUARES} \\ p \leftarrow p - \eta\, \hat m",
    rf"{_MEANS} \\ {_SQUARES} \\ \rho_{{\infty}} = \frac{{2}}{{1 - \beta_2}} - 1 \\"
    r" \rho = \rho_{\infty} - \frac{2\, t\, \beta_2^t}{1 - \beta_2^t} \\"
    r" r = \sqrt{\frac{(\rho - 4)(\rho - 2)\, \rho_{\infty}}{(\rho_{\infty} - 4)(\rho_{\infty} - 2)\, \rho}} \\"
    r" p \leftarrow p - \eta\, r\, \hat m\, \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v} + \varepsilon}",
)
_FIRST = {
    "momentum": r"v \leftarrow g \\ p \leftarrow p - \eta\, v",
    "rmsprop_lee": r"\sigma \leftarrow |g| \\ p \leftarrow p - \eta\, \frac{g}{\sigma}",
}  # the first update of a rule that begins otherwise
_LINES = {
    "adagrad_rms": r"s \leftarrow s + g^2 \\ \sigma \leftarrow \sqrt{\frac{s}{t}} \\"
    r" p \leftarrow p - \eta\, \frac{g}{\sigma}",
    "rmsprop_lee": r"\sigma \leftarrow \sqrt{\alpha \sigma^2 + (1 - \alpha)\, g^2} \\"
    r" p \leftarrow p - \eta\, \frac{g}{\sigma}",
    "nadam": r"\mu = \beta_1 \left(1 - \tfrac12\, 0.96^{t \psi}\right) \\"
    r" \mu' = \beta_1 \left(1 - \tfrac12\, 0.96^{(t + 1) \psi}\right) \\ \Pi \leftarrow \Pi\, \mu \\"
    rf" m \leftarrow \beta_1 m + (1 - \beta_1)\, g \\ {_SQUARES}, \quad \hat v = \frac{{v}}{{1 - \beta_2^t}} \\"
    r" p \leftarrow p - \frac{\eta}{\sqrt{\hat v} + \varepsilon}"
    r" \left(\frac{(1 - \mu)\, g}{1 - \Pi} + \frac{\mu' m}{1 - \Pi\, \mu'}\right)",
    "adan": r"d = g - g_{-1} \\ m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \quad \hat m = \frac{m}{1 - \beta_1^t} \\"
    r" v \leftarrow \beta_2 v + (1 - \beta_2)\, d, \quad \hat v = \frac{v}{1 - \beta_2^t} \\"
    r" n \leftarrow \beta_3 n + (1 - \beta_3) \left(g + (1 - \beta_2)\, d\right)^2, \quad"
    r" \hat n = \frac{n}{1 - \beta_3^t} \\"
    r" p \leftarrow p - \eta\, \frac{\hat m + (1 - \beta_2)\, \hat v}{\sqrt{\hat n + \varepsilon_0} + \varepsilon}",
    "rprop": r"p \leftarrow p - \Delta \operatorname{sign}(\tilde g)",
    "sam": r"p^+ = p + \rho\, \frac{g}{|g|_2} \\ p \leftarrow p - \eta\, \nabla f(p^+)",
    "schedule_free": r"\eta_{\max} \leftarrow \max(\eta_{\max},\, \eta), \quad W \leftarrow W + \eta_{\max}^2, \quad"
    r" c = \frac{\eta_{\max}^2}{W} \\ z \leftarrow z - \eta\, g \\ x \leftarrow (1 - c)\, x + c\, z \\"
    r" p \leftarrow \beta_1 x + (1 - \beta_1)\, z",
    "line_search": r"p \leftarrow p - \alpha\, g",
    "damped_newton": r"p \leftarrow p - \eta \left(|H| + \delta I\right)^{-1} g",
}
_FIRST["adan"] = _LINES["adan"].replace("d = g - g_{-1}", "d = g - g")  # no older gradient yet
_CORRECTED = r"\frac{\eta}{\sqrt{\hat v} + \varepsilon}"
_EFFECTIVE = {
    "adagrad": r"\frac{\eta}{\sqrt{s} + \varepsilon}",
    "adadelta": r"\eta\, \frac{\sqrt{u_{-1} + \varepsilon}}{\sqrt{v + \varepsilon}}",
    "rmsprop_hinton": r"\frac{\eta}{\sqrt{v + \varepsilon}}",
    "rmsprop_centred": r"\frac{\eta}{\sqrt{\max(v - m^2, 0)} + \varepsilon}",
    "adamax": r"\frac{\eta}{u}",
    "adabelief": r"\frac{\eta}{\sqrt{\hat s} + \varepsilon}",
    "adan": r"\frac{\eta}{\sqrt{\hat n + \varepsilon_0} + \varepsilon}",
    "rprop": r"\Delta",
    "prodigy": r"\frac{\gamma}{\sqrt{v} + d \varepsilon}",
    "line_search": r"\alpha",
    **dict.fromkeys(("adagrad_rms", "rmsprop_lee"), r"\frac{\eta}{\sigma}"),
    **dict.fromkeys(("rmsprop", "adam_uncorrected"), r"\frac{\eta}{\sqrt{v} + \varepsilon}"),
    **dict.fromkeys(("adam", "amsgrad", "nadam", "adamw", "adam_l2", "yogi"), _CORRECTED),
}  # what a coordinate's direction is multiplied by, where that is not the rate itself


def trusts(t: int, beta2: float) -> bool:
    """Whether RAdam's update number t is an adaptive one."""
    return 2 / (1 - beta2) - 1 - 2 * t * beta2**t / (1 - beta2**t) > 5


def lines_of(rule: Rule, t: int, numbers: Mapping[str, Any]) -> str:
    """The lines of update number t in LaTeX, so plain that they can be calculated; nothing for a search."""
    name = rule.factory.__name__
    if name in OPAQUE:
        return ""
    if name == "radam":
        return _RADAM[trusts(t, numbers["beta2"])]
    later = _LINES.get(name, rule.latex)
    return _FIRST.get(name, later) if t == 1 else later


def effect_of(rule: Rule, t: int, numbers: Mapping[str, Any]) -> str:
    """What each coordinate's direction is multiplied by in update number t, in LaTeX; nothing for a search."""
    name = rule.factory.__name__
    if name in OPAQUE:
        return ""
    if name == "radam" and trusts(t, numbers["beta2"]):
        return r"\eta\, r\, \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v} + \varepsilon}"
    return _EFFECTIVE.get(name, r"\eta")
