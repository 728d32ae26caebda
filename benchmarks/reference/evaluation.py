"""Figures of the module `evaluation`, from scikit-learn and SciPy, for its tests.

    python evaluation.py

Prints the numbers that ReferenceFiguresTest holds. The studies are made by the same rules there: small whole numbers, so
that many scores are equal.
"""

import numpy as np
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score


def studies(count):
    i = np.arange(count)
    present = i % 3 == 0
    first = ((i * 37 + 11) % 50 + np.where(present, 18, 0)) / 68
    second = ((i * 23 + 7) % 20 + np.where(present, 3, 0)) / 23
    return present, first, second


def vectors(count, width):
    i, j = np.arange(count)[:, None], np.arange(width)[None, :]
    questions = (i * 7 + j * 5 + i * j) % 11 - 5
    return questions, questions + 2 * ((i * 3 + j * 4) % 9 - 4)


def expected_error(present, scores, bins, strategy):
    frequency, probability = calibration_curve(present, scores, n_bins=bins, strategy=strategy)
    # calibration_curve does not tell how many studies are in a bin; its edges are these.
    edges = np.linspace(0, 1, bins + 1)
    if strategy == "quantile":
        edges = np.percentile(scores, edges * 100)
    counts = np.bincount(np.searchsorted(edges[1:-1], scores), minlength=bins)
    gaps = np.abs(frequency - probability)
    return np.sum(counts[counts > 0] * gaps) / len(scores), np.max(gaps), counts


def delong(present, first, second):
    """Standard error and p, by the pairs themselves."""
    placements = []
    for scores in (first, second):
        x, y = scores[present][:, None], scores[~present][None, :]
        placements.append((x > y) + 0.5 * (x == y))
    difference = placements[0] - placements[1]
    m, n = difference.shape
    variance = np.var(difference.mean(1), ddof=1) / m + np.var(difference.mean(0), ddof=1) / n
    z = difference.mean() / np.sqrt(variance)
    return np.sqrt(variance), 2 * stats.norm.sf(abs(z))


def retrieval(questions, answers):
    similarity = questions @ answers.T
    own = np.arange(len(questions))
    low = np.array([stats.rankdata(-row, "min") for row in similarity])[own, own]
    high = np.array([stats.rankdata(-row, "max") for row in similarity])[own, own]
    for k in (1, 3, 5):
        print(f"recall {k}", np.mean(np.clip((k - low + 1) / (high - low + 1), 0, 1)))
    print("median place", np.median((low + high) / 2))


def main():
    present, first, second = studies(40)
    for name, scores in (("first", first), ("second", second)):
        print(name, "auc", roc_auc_score(present, scores))
        print(name, "average precision", average_precision_score(present, scores))
        print(name, "brier", brier_score_loss(present, scores))
        for strategy in ("uniform", "quantile"):
            error, worst, counts = expected_error(present, scores, 5, strategy)
            print(name, strategy, "expected error", error, "maximum", worst, "counts", counts)
    print("delong: standard error, p", *delong(present, first, second))
    retrieval(*vectors(12, 4))

    few, one, other = studies(12)
    test = stats.permutation_test(
        (one, other), lambda a, b: roc_auc_score(few, a) - roc_auc_score(few, b),
        permutation_type="samples", vectorized=False, n_resamples=np.inf)
    print("permutation of 12: difference, p", test.statistic, test.pvalue)

    interval = stats.bootstrap(
        (first,), np.mean, n_resamples=200_000, method="percentile", confidence_level=0.9,
        rng=np.random.default_rng(1))
    print("bootstrap of the mean", interval.confidence_interval)
    interval = stats.bootstrap(
        (present, first), lambda y, s: roc_auc_score(y, s), paired=True, vectorized=False, n_resamples=20_000,
        method="percentile", rng=np.random.default_rng(1))
    print("bootstrap of the auc", interval.confidence_interval)
    for z in (0, 0.5, 1.96, 2.9, 3.1, 5, 12):
        print("two-sided", z, stats.norm.sf(z) * 2)


if __name__ == "__main__":
    main()
