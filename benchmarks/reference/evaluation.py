"""Figures of the module `evaluation`, from scikit-learn and SciPy.

    python evaluation.py
    python evaluation.py predictions.csv summary.json [others.csv]

Without arguments: prints the numbers that ReferenceFiguresTest, ReferenceFindingsTest and TTestTest hold. The studies are
made by the same rules there: small whole numbers, so that many scores are equal.

With files of `radstream evaluate findings --csv predictions.csv --json`: computes all its figures again, the bootstrap by
the same draws, and tells the largest difference; more than 1e-9 is a failure. With the predictions that the checkpoint of
`--against` gave for the same studies, the comparison as well.
"""

import csv
import json
import sys

import numpy as np
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, brier_score_loss, confusion_matrix, roc_auc_score, roc_curve


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


MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def mix(value):
    z = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def draws(seed, rounds, units):
    """Each round's units, drawn with replacement: SplitMix64 of seed, round and place."""
    for round_ in range(rounds):
        state = mix((mix((seed + GAMMA) & MASK) + (round_ + 1) * GAMMA) & MASK)
        bits = np.array([mix((state + (place + 1) * GAMMA) & MASK) >> 33 for place in range(units)], dtype=np.uint64)
        yield ((bits * np.uint64(units)) >> np.uint64(31)).astype(int)


def midranks(values):
    return stats.rankdata(values, "average")


def fast_delong(present, first, second):
    """AUCs, standard error and p (Sun and Xu, IEEE Signal Processing Letters 21, 2014): by midranks."""
    m, n = present.sum(), (~present).sum()
    scores = np.array([first, second])
    of_present = np.array([midranks(row[present]) for row in scores])
    of_absent = np.array([midranks(row[~present]) for row in scores])
    of_all = np.array([midranks(row) for row in scores])
    aucs = (of_all[:, present].sum(1) / m - (m + 1) / 2) / n
    v10 = (of_all[:, present] - of_present) / n
    v01 = 1 - (of_all[:, ~present] - of_absent) / m
    covariance = np.cov(v10) / m + np.cov(v01) / n
    error = np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    return aucs[0], aucs[1], error, 2 * stats.norm.sf(abs(aucs[0] - aucs[1]) / error)


def youden(present, scores):
    """The highest threshold of those with the largest sum; in whole numbers, so that equal sums are equal."""
    wrong, right, at = roc_curve(present, scores, drop_intermediate=False)
    m, n = present.sum(), (~present).sum()
    gain = np.round(right * m) * n - np.round(wrong * n) * m
    return at[1 + np.argmax(gain[1:])]


def figures(present, scores, threshold):
    """What a draw gives; NaN where it does not define the figure."""
    found = {"brier": np.mean((scores - present) ** 2) if len(scores) else np.nan}
    if threshold is not None:
        told = scores >= threshold
        tn, fp, fn, tp = confusion_matrix(present, told, labels=[False, True]).ravel()
        found["sensitivity"] = tp / (tp + fn) if tp + fn else np.nan
        found["specificity"] = tn / (tn + fp) if tn + fp else np.nan
    both = present.any() and not present.all()
    found["auc"] = roc_auc_score(present, scores) if both else np.nan
    found["average_precision"] = average_precision_score(present, scores) if present.any() else np.nan
    return found


class Predictions:
    """Rows by finding, in the order of the patients' names."""

    def __init__(self, file):
        with open(file, newline="") as lines:
            rows = [row for row in csv.DictReader(lines)]
        self.patients = sorted({row["patient"] for row in rows})
        number = {patient: i for i, patient in enumerate(self.patients)}
        self.findings = {}
        for name in dict.fromkeys(row["finding"] for row in rows):
            known = [row for row in rows if row["finding"] == name and row["label"] != ""]
            self.findings[name] = (
                np.array([number[row["patient"]] for row in known], dtype=int),
                np.array([float(row["label"]) >= 0.5 for row in known], dtype=bool),
                np.array([float(row["probability"]) for row in known]),
                [row["study"] for row in known])

    def both_kinds(self):
        return [name for name, (_, present, _, _) in self.findings.items() if present.any() and not present.all()]

    def measure(self, thresholds, drawn=None):
        found = {}
        for name, (patient, present, scores, _) in self.findings.items():
            if drawn is not None:
                times = np.bincount(drawn, minlength=len(self.patients))[patient]
                present, scores = np.repeat(present, times), np.repeat(scores, times)
            for figure, value in figures(present, scores, thresholds.get(name)).items():
                found[name, figure] = value
        for mean, figure in (("mean_auc", "auc"), ("mean_average_precision", "average_precision")):
            found[mean] = np.mean([found[name, figure] for name in self.both_kinds()] or [np.nan])
        return found


def interval(values, level):
    defined = [value for value in values if not np.isnan(value)]
    outside = (1 - level) / 2
    return np.quantile(defined, [outside, 1 - outside]), len(defined)


class Differences:
    def __init__(self):
        self.largest, self.where, self.count = 0, "", 0

    def add(self, where, ours, theirs):
        difference = abs(ours - theirs)
        self.count += 1
        if not difference <= self.largest:
            self.largest, self.where = difference, where


def compare(differences, where, shown, value, drawn, level):
    if shown is None:
        differences.add(where + " is not told", 0, 0 if np.isnan(value) else 1)
        return
    differences.add(where, shown["value"], value)
    (low, high), defined = interval(drawn, level)
    differences.add(where + " low", shown["low"], low)
    differences.add(where + " high", shown["high"], high)
    differences.add(where + " draws", shown["draws"], defined)


def check(file, summary, others=None):
    with open(summary) as lines:
        told = json.loads(lines.read().strip().splitlines()[-1])
    ours = Predictions(file)
    rows = {row["finding"]: row for row in told["findings"]}
    thresholds = {name: row["threshold"] for name, row in rows.items()}
    level, differences = told["level"], Differences()
    whole = ours.measure(thresholds)
    drawn = [ours.measure(thresholds, of) for of in draws(told["seed"], told["draws"], len(ours.patients))]
    for name, row in rows.items():
        for figure in ("auc", "average_precision", "sensitivity", "specificity", "brier"):
            if (name, figure) in whole:
                both = name in ours.both_kinds() or figure == "brier" or row[figure] is not None
                value = whole[name, figure] if both else np.nan
                compare(differences, name + " " + figure, row[figure], value,
                        [of[name, figure] for of in drawn], level)
        _, present, scores, _ = ours.findings[name]
        if row["calibration_error"] is not None:
            differences.add(name + " calibration", row["calibration_error"],
                            expected_error(present, scores, 10, "quantile")[0])
        if told["operating_rule"] == "youden" and told["operating_split"] == told["split"] and row["threshold"]:
            differences.add(name + " threshold", row["threshold"], youden(present, scores))
    for mean in ("mean_auc", "mean_average_precision"):
        compare(differences, mean, told[mean], whole[mean], [of[mean] for of in drawn], level)
    if others:
        check_against(differences, told, ours, Predictions(others))
    print(f"{differences.count} numbers, largest difference {differences.largest:.2e} ({differences.where})")
    return 0 if differences.largest <= 1e-9 else 1


def check_against(differences, told, ours, others):
    rounds = list(draws(told["seed"], told["draws"], len(ours.patients)))
    for row in told["against"]["findings"]:
        patient, present, first, studies = ours.findings[row["finding"]]
        theirs = dict(zip(others.findings[row["finding"]][3], others.findings[row["finding"]][2]))
        second = np.array([theirs[study] for study in studies])
        auc, other, error, p = fast_delong(present, first, second)
        for name, value in (("auc", auc), ("other_auc", other), ("standard_error", error), ("p_value", p)):
            if row[name] is not None:  # too few studies, or nothing varies
                differences.add(row["finding"] + " delong " + name, row[name], value)
        drawn = []
        for of in rounds:
            times = np.bincount(of, minlength=len(ours.patients))[patient]
            y = np.repeat(present, times)
            drawn.append(roc_auc_score(y, np.repeat(first, times)) - roc_auc_score(y, np.repeat(second, times))
                         if y.any() and not y.all() else np.nan)
        compare(differences, row["finding"] + " difference", row["difference"], auc - other, drawn, told["level"])


def print_findings():
    """Studies of ReferenceFindingsTest: patients have several, and all draws are the same as there."""
    i = np.arange(60)
    present, first, second = i % 3 == 0, studies(60)[1].astype(np.float32), studies(60)[2].astype(np.float32)
    names = [f"p{number:02d}" for number in i * i % 23]
    patients = sorted(set(names))
    patient = np.array([patients.index(name) for name in names])
    first, second = first.astype(float), second.astype(float)
    rounds = list(draws(11, 200, len(patients)))
    for name, scores in (("first", first), ("second", second)):
        threshold = youden(present, scores)
        whole = figures(present, scores, threshold)
        drawn = []
        for of in rounds:
            times = np.bincount(of, minlength=len(patients))[patient]
            drawn.append(figures(np.repeat(present, times), np.repeat(scores, times), threshold))
        print(name, "threshold", threshold, "calibration", expected_error(present, scores, 10, "quantile")[0])
        for figure, value in whole.items():
            (low, high), defined = interval([of[figure] for of in drawn], 0.95)
            print(name, figure, repr(float(value)), repr(float(low)), repr(float(high)), defined)
    print("fast delong", *[repr(float(value)) for value in fast_delong(present, first, second)])


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

    print_findings()
    repeats = [0.7671, 0.7705, 0.7649], [0.7552, 0.7601, 0.7587]
    print("t-test of two samples", *stats.ttest_ind(*repeats), "of pairs", *stats.ttest_rel(*repeats))
    for pairs, shift in ((2, 0.4), (3, -1.5), (4, 1.0), (5, 0.2), (10, -0.7), (31, -0.6)):
        print("t-test of", pairs, shift, *stats.ttest_1samp(shift + np.arange(pairs) % 3, 0))


if __name__ == "__main__":
    sys.exit(check(*sys.argv[1:]) if sys.argv[1:] else main())
