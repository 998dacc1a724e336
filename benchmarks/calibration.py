"""Checks intervals and tests on simulated data whose truth is known: `make calibration`.

An article has some gold items; a share of them, which varies from article to article, is found, and some spurious
items besides. The interval should hold the true F1 in 95 % of the data sets; two systems that are alike should be
told apart in 5 %.
"""

import numpy as np
from numpy.typing import NDArray

from onrecord.uncertainty import interval, p_value

SETS = 1000
ARTICLES = 40


def articles(random: np.random.Generator) -> NDArray[np.int64]:
    """Return how many gold items each of ARTICLES articles holds."""
    return random.poisson(10, ARTICLES) + 1


def system(random: np.random.Generator, gold: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return right, predicted and gold of a system that reads these articles."""
    right = random.binomial(gold, random.beta(6, 4, ARTICLES))
    return np.stack([right, right + random.poisson(3, ARTICLES), gold], axis=1).astype(float)


def main() -> None:
    """Print how often the interval holds the truth, and how often a true null is rejected."""
    random = np.random.default_rng(7)
    # Of eleven gold items 6.6 are found on average, with 3 spurious ones.
    truth = 2 * 6.6 / (6.6 + 3 + 11)
    covered = rejected = 0
    for _ in range(SETS):
        gold = articles(random)
        low, high = interval(system(random, gold), resamples=1000) or (1.0, 0.0)
        covered += low <= truth <= high
        rejected += p_value(system(random, gold), system(random, gold), swaps=2000) < 0.05
    print(f"{SETS} data sets of {ARTICLES} articles")
    print(f"the 95 % interval holds the truth in {covered / SETS:.1%}")
    print(f"a true null is rejected at 0.05 in {rejected / SETS:.1%}")


if __name__ == "__main__":
    main()
