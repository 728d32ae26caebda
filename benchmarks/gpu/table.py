"""Prints the table of benchmarks/gpu/run from the reports that it left in a directory."""

import json
import math
import pathlib
import sys

PAPER_STUDIES = 300_000 * 32
PROGRAMS = ("eager", "explicit")
PEERS = {"": "eager", "-captured": "captured", "-compiled": "compiled and captured"}


def sound(report, falls):
    """A step on weights that are no numbers draws less power and is faster: its time counts for nothing."""
    losses = report["losses"]
    return all(math.isfinite(loss) for loss in losses) and (not falls or losses[-1] < losses[0])


def main():
    directory = pathlib.Path(sys.argv[1])

    def report(name):
        file = directory / f"{name}.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def peak(name):
        file = directory / f"{name}.memory"
        return max((int(line) for line in file.read_text().split() if line.isdigit()), default=0) if file.exists() else 0

    rows = [("device", (directory / "device").read_text().strip())]
    for program in PROGRAMS:
        cpu, gpu = report("parity-cpu"), report(f"parity-gpu-{program}")
        for figure, name in (("losses", "forward"), ("gradient_norms", "backward")):
            if cpu and gpu:
                worst = max(abs(a - b) / abs(a) for a, b in zip(cpu[figure], gpu[figure]))
                rows.append((f"{program}, parity with the CPU, {name}: worst relative difference", f"{worst:.1e}"))
    kernels = report("kernels")
    if kernels:
        rows += [("kernels", f"{kernels['compiler']}, {kernels['kernels_hash']}"), ("kernels: compiled in", f"{kernels['compile_seconds']:.1f} s")]
    for row in kernels.get("rows", []):
        state = "as in float64" if row["right"] else "WRONG"
        rows.append((row["check"], state if row["repeatable"] else f"{state}, OTHER BITS each time"))
        for time in row["times"]:
            rows.append((f"  {time['kernel']}", f"{1e3 * time['milliseconds']:.1f} us, {time['gigabytes_per_second'] / 1e3:.2f} TB/s"))
    for precision in ("float32", "bfloat16"):
        peers = {kind: report(f"peer-{precision}{suffix}") for suffix, kind in PEERS.items()}
        for program in PROGRAMS:
            ours = report(f"{precision}-{program}")
            if not ours:
                continue
            rate, step = ours["studies_per_second"], f"{precision}, {program}"
            rows += [
                (f"{step}: studies/s", f"{rate:.1f}"),
                (f"{step}: TFLOP/s", f"{ours['gflops_per_second'] / 1e3:.1f}"),
                (f"{step}: utilisation of the fastest product", f"{ours['utilisation']:.2f}"),
                (f"{step}: waiting for data", f"{100 * ours['data_wait']:.1f} %"),
                (f"{step}: device memory at its peak", f"{peak(f'{precision}-{program}')} MiB"),
                (f"{step}: the paper's 300,000 steps of 32", f"{PAPER_STUDIES / rate / 3600:.2f} h"),
            ]
            if not sound(ours, falls=False):
                rows.append((f"{step}: a loss of Radstream is no number", "its time is void"))
            for kind, peer in peers.items():
                if peer:
                    ratio = peer["seconds_per_step"] / ours["seconds_per_step"]
                    rows.append((f"{step}: {kind} PyTorch {peer['torch']} / Radstream", f"{ratio:.2f}"))
        for kind, peer in peers.items():
            # It has the same studies in each step.
            if peer and not sound(peer, falls=True):
                rows.append((f"{precision}: losses of {kind} PyTorch do not fall", "its time is void"))
    for row in report("feed").get("rows", [])[-1:]:
        name = f"feed, fresh decoding, {row['workers']} workers"
        rows += [
            (f"{name}: studies/s", f"{row['studies_per_second']:.1f}"),
            (f"{name}: of a core, ms a study", f"{row['core_millis']:.2f}"),
        ]
    for row in report("feed-paced").get("rows", [])[-1:]:
        rows += [
            ("feed, a device of 1,100 studies/s: studies/s", f"{row['studies_per_second']:.1f}"),
            ("feed, a device of 1,100 studies/s: waits for data", f"{100 * row['waited']:.1f} %"),
        ]
    long = report("long")
    if long:
        rows += [
            ("2,000 steps: studies/s", f"{long['studies_per_second']:.1f}"),
            ("2,000 steps: waiting for data", f"{100 * long['data_wait']:.1f} %"),
            ("2,000 steps: device memory at its peak", f"{peak('long')} MiB"),
            ("2,000 steps: losses", "fall" if sound(long, falls=True) else "DO NOT FALL: its time is void"),
        ]
    replay = report("replay")
    if replay:
        rows.append(("killed, resumed and replayed with the same bits", str(replay["replay_identical"])))
    rows += [(file.stem, "failed") for file in sorted(directory.glob("*.out")) if not report(file.stem)]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")


if __name__ == "__main__":
    main()
