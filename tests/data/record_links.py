"""Writes the present version's links and what they open to links_v<version>.json: run once, before a version changes.

A link that somebody put on a slide opens the same choices for ever, so the file of an earlier version is never
written again.
"""

import json
from dataclasses import asdict
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from pages.data_parts import link as data
from pages.shared.state import link as shared

HERE = Path(__file__).parent
LINKS = (
    "v=1",
    "v=1&start=-1.5~0.75&steps=800",
    "v=1&landscape=himmelblau&run=momentum~learning_rate~0.01&start=0~0.5&steps=77",
    "v=1&landscape=himmelblau&run=adam&run=adam~beta1~0.5~hidden&run=lion&curve=distance&order=winner&steps=300",
    "v=1&knobs=b~20&run=gradient_descent~learning_rate~0.0004&run=newton&run=nelder_mead&tolerance=1e-06",
    "v=1&landscape=saddle&run=gradient_descent&run=damped_newton&start=1~1e-09&height=loss&axis=linear",
    "v=1&landscape=quadratic_bowl&run=adam~learning_rate~0.05~cosine~steps~200~end~0.001&curve=effective_rate",
    "v=1&landscape=beale&run=rmsprop~step~every~40~factor~0.5&run=adamw~weight_decay~0.1~noam~width~64~warmup~300",
    "v=1&landscape=booth&run=momentum~learning_rate~0.05~momentum~0.8~linear_warmup~steps~50~hidden",
    "v=1&landscape=booth&run=momentum~learning_rate~0.05~warmup~steps~50~start~0.01&curve=step_length",
    "v=1&run=adam~warmup&run=nesterov~one_cycle~steps~300",
    "v=1&landscape=styblinski_tang&run=adam~learning_rate~0.5~reduce_on_plateau~patience~5&size=hall",
    "v=1&landscape=rastrigin&run=adam~learning_rate~0.2~warm_restarts~first~50&height=rank&noise=0.5&seed=3",
    "v=1&landscape=formula&f=x%2A%2A2+%2B+depth%2Ay%2A%2A2&x=-3~3&y=-1~2&knobs=depth~4&run=adam&start=2.5~1.5",
    "v=1&landscape=formula&f=exp%28-x%2A%2A2%29%2Acos%28y%29&x=-2~2&y=-6.5~6.5&run=sign_descent~learning_rate~0.05",
    "v=1&landscape=two_weight_network&part=escape&point=0~0",
    "v=1&landscape=peaks&part=model&point=0.25~-1.5",
    "v=1&landscape=muller_brown&part=maps&height=rank",
    "v=1&landscape=monkey_saddle&part=run&run=sam~rho~0.1&steps=1000",
    "v=1&sheet=tables",
    "v=1&landscape=six_hump_camel&run=adan~beta3~0.95&run=lbfgs~history~3&update=17",
    "v=1&update=500&start=0.333333333333~-0.1",
)
DATA = (
    "v=1",
    "v=1&model=line&data=galton&loss=huber&steps=500&seed=7",
    "v=1&model=features&data=playfair&run=adam~0.1&run=gradient_descent~0.02",
    "v=1&scaled=1&run=momentum~0.05&start=10~-3",
    "v=1&part=batch&sizes=0~8~1&order=shuffled&clock=updates&look=3&turn=2",
)


def written(page, queries):
    """Each link as this version writes it, with the choices that it opens."""
    for query in queries:
        choices, dropped = page.read(parse_qs(query))
        if dropped:
            raise ValueError(f"{query}: {dropped}")
        link = urlencode(page.write(choices), doseq=True, safe="~")
        yield {"link": link, "choices": asdict(choices)}


if __name__ == "__main__":
    pages = {"shared": written(shared, LINKS), "data": written(data, DATA)}
    lines = [f'"{name}": [\n' + ",\n".join(map(json.dumps, links)) + "\n]" for name, links in pages.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (HERE / f"links_v{shared.VERSION}.json").write_text(text, encoding="utf-8")
