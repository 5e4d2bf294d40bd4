"""Built-in rules as lines to begin from: each gives the built-in's trajectory bit for bit."""

from collections.abc import Mapping

MEANS = (
    "c1 = beta1*c1 + (1 - beta1)\nc2 = beta2*c2 + (1 - beta2)\n"
    "m = beta1*m + (1 - beta1)*g\nv = beta2*v + (1 - beta2)*g**2\n"
)
LINES: Mapping[str, str] = {
    "gradient_descent": "p = p - lr*g",
    "momentum": "v = momentum*v + g\np = p - lr*v",
    "momentum_lee": "m = momentum*m - lr*g\np = p + m",
    "momentum_ema": "v = momentum*v + (1 - momentum)*g\np = p - lr*v",
    "qhm": "v = momentum*v + (1 - momentum)*g\np = p - lr*((1 - nu)*g + nu*v)",
    "nesterov": "v = momentum*v + g\np = p - lr*(g + momentum*v)",
    "adagrad": "s = s + g**2\np = p - lr*g/(sqrt(s) + epsilon)",
    "adagrad_rms": "s = s + g**2\nsigma = sqrt(s/t)\np = p - lr*(g/sigma)",
    "adadelta": (
        "v = rho*v + (1 - rho)*g**2\ndelta = sqrt(u + epsilon)/sqrt(v + epsilon)*g\n"
        "u = rho*u + (1 - rho)*delta**2\np = p - lr*delta"
    ),
    "rmsprop": "v = alpha*v + (1 - alpha)*g**2\np = p - lr*g/(sqrt(v) + epsilon)",
    "rmsprop_hinton": "v = alpha*v + (1 - alpha)*g**2\np = p - lr*g/sqrt(v + epsilon)",
    "rmsprop_centred": (
        "m = alpha*m + (1 - alpha)*g\nv = alpha*v + (1 - alpha)*g**2\np = p - lr*g/(sqrt(max(v - m**2, 0)) + epsilon)"
    ),
    "adam": MEANS + "m_hat = m/c1\nv_hat = v/c2\np = p - lr*m_hat/(sqrt(v_hat) + epsilon)",
    "adam_uncorrected": (
        "m = beta1*m + (1 - beta1)*g\nv = beta2*v + (1 - beta2)*g**2\np = p - lr*m/(sqrt(v) + epsilon)"
    ),
    "amsgrad": MEANS + "v_max = max(v_max, v)\np = p - lr*(m/c1)/(sqrt(v_max/c2) + epsilon)",
    "adamax": (
        "c1 = beta1*c1 + (1 - beta1)\nm = beta1*m + (1 - beta1)*g\nu = max(beta2*u, abs(g) + epsilon)\n"
        "p = p - lr*(m/c1)/u"
    ),
    "adamw": MEANS + "p = (1 - lr*weight_decay)*p - lr*(m/c1)/(sqrt(v/c2) + epsilon)",
    "adamw_free_decay": (
        "largest = max(largest, lr)\n"
        + MEANS
        + "p = (1 - lr/largest*weight_decay)*p - lr*(m/c1)/(sqrt(v/c2) + epsilon)"
    ),
    "adam_l2": "g = gradient(p) + weight_decay*p\n" + MEANS + "p = p - lr*(m/c1)/(sqrt(v/c2) + epsilon)",
    "adabelief": (
        MEANS.partition("v = ")[0]
        + "s = beta2*s + (1 - beta2)*(g - m)**2 + epsilon_root\np = p - lr*(m/c1)/(sqrt(s/c2) + epsilon)"
    ),
    "lion": "u = sign(beta1*m + (1 - beta1)*g)\nm = beta2*m + (1 - beta2)*g\np = p - lr*(u + weight_decay*p)",
    "sign_descent": "p = p - lr*sign(g)",
    "sam": "p_worst = p + rho*(g/norm(g))\np = p - lr*gradient(p_worst)",
}
