"""Prints the table of benchmarks/gpu/run from the reports that it left in a directory."""

import json
import math
import pathlib
import sys

PAPER_STUDIES = 300_000 * 32
PROGRAMS = ("eager", "explicit", "captured")
PEERS = {"": "eager", "-captured": "captured", "-compiled": "compiled and captured"}
FASTEST_PEER = "compiled and captured"
MOST_MILLISECONDS = {32: 31, 128: 110}
LEAST_TIMES_THE_PEER = {32: 1.2, 128: 1.15}
MOST_HOURS = 2.6
MOST_WAITING = 0.02

# Steps that learn from other studies each time: so many have to show that anything is learned.
ENOUGH_STEPS = 100


def thirds(losses):
    """What a few noisy losses come from and to."""
    third = max(1, len(losses) // 3)
    return sum(losses[:third]) / third, sum(losses[-third:]) / third


def course(report, falls):
    """How losses go; a step on weights that are no numbers draws less power and is faster: its time counts for nothing."""
    losses = report["losses"]
    if not all(math.isfinite(loss) for loss in losses):
        return "NO NUMBERS: its time is void"
    first, last = thirds(losses)
    ended = f"{first:.3f} to {last:.3f}"
    return f"{ended}, DO NOT FALL: its time is void" if falls and last >= first else ended


def reached(value, aim):
    return "reached" if value else f"MISSED: {aim}"


class Reports:
    def __init__(self, directory):
        self.directory = directory

    def __call__(self, name):
        file = self.directory / f"{name}.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def peak(self, name):
        """Of what the card's memory holds meanwhile, whoever put it there."""
        file = self.directory / f"{name}.memory"
        lines = file.read_text().split() if file.exists() else []
        return f"{max((int(line) for line in lines if line.isdigit()), default=0)} MiB"

    def batches(self, precision):
        found = {file.stem.split("-")[1 + file.stem.startswith("peer-")] for kind in (precision, f"peer-{precision}") for file in self.directory.glob(f"{kind}-*.json")}
        return sorted(int(batch) for batch in found)


def parity(report):
    cpu = report("parity-cpu")
    for program in PROGRAMS:
        gpu = report(f"parity-gpu-{program}")
        for figure, name in (("losses", "forward"), ("gradient_norms", "backward")):
            if cpu and gpu:
                worst = max(abs(a - b) / abs(a) for a, b in zip(cpu[figure], gpu[figure]))
                yield f"{program}, parity with the CPU, {name}: worst relative difference", f"{worst:.1e}"


def kernels(report):
    found = report("kernels")
    if found:
        yield "kernels", f"{found['compiler']}, {found['kernels_hash']}"
        yield "kernels: compiled in", f"{found['compile_seconds']:.1f} s"
    for row in found.get("rows", []):
        state = "as in float64" if row["right"] else "WRONG"
        yield row["check"], state if row["repeatable"] else f"{state}, OTHER BITS each time"
        for time in row["times"]:
            yield f"  {time['kernel']}", f"{1e3 * time['milliseconds']:.1f} us, {time['gigabytes_per_second'] / 1e3:.2f} TB/s"


def steps(report, precision, batch):
    peers = {kind: report(f"peer-{precision}-{batch}{suffix}") for suffix, kind in PEERS.items()}
    programs = {program: report(f"{precision}-{batch}-{program}") for program in PROGRAMS}
    for program, ours in programs.items():
        if ours:
            yield from own_step(report, f"{precision}-{batch}-{program}", f"{precision}, {batch}, {program}", ours)
            for kind, peer in peers.items():
                if peer:
                    ratio = peer["seconds_per_step"] / ours["seconds_per_step"]
                    yield f"{precision}, {batch}, {program}: {kind} PyTorch {peer['torch']} / Radstream", f"{ratio:.2f}"
            eager = programs["eager"]
            if eager and ours is not eager:
                worst = max(abs(a - b) / abs(a) for a, b in zip(eager["losses"], ours["losses"]))
                yield f"{precision}, {batch}, {program}: losses beside eager, other dropout: worst relative difference", f"{worst:.1e}"
    for suffix, kind in PEERS.items():
        peer = peers[kind]
        if peer:
            name = f"{precision}, {batch}, {kind} PyTorch"
            yield f"{name}: ms a step", f"{1e3 * peer['seconds_per_step']:.1f}"
            yield f"{name}: device memory at its peak", report.peak(f"peer-{precision}-{batch}{suffix}")
            # It has the same studies in each step.
            yield f"{name}: losses", course(peer, falls=True)
    if precision == "bfloat16":
        yield from aims(batch, {name: ours for name, ours in programs.items() if ours}, peers[FASTEST_PEER])


def own_step(report, file, name, ours):
    rate = ours["studies_per_second"]
    yield f"{name}: ms a step", f"{1e3 * ours['seconds_per_step']:.1f}"
    yield f"{name}: studies/s", f"{rate:.1f}"
    yield f"{name}: TFLOP/s", f"{ours['gflops_per_second'] / 1e3:.1f}"
    yield f"{name}: utilisation of the fastest product", f"{ours['utilisation']:.2f}"
    yield f"{name}: waiting for data", f"{100 * ours['data_wait']:.1f} %"
    yield f"{name}: device memory at its peak", report.peak(file)
    yield f"{name}: the paper's 300,000 steps of 32", f"{PAPER_STUDIES / rate / 3600:.2f} h"
    yield f"{name}: losses", course(ours, falls=len(ours["losses"]) >= ENOUGH_STEPS)


def aims(batch, programs, peer):
    """Of the fastest of ours whose losses are numbers."""
    sound = {name: ours for name, ours in programs.items() if all(map(math.isfinite, ours["losses"]))}
    if batch not in MOST_MILLISECONDS or not sound:
        return
    program, ours = min(sound.items(), key=lambda each: each[1]["seconds_per_step"])
    milliseconds = 1e3 * ours["seconds_per_step"]
    name = f"AIM, {batch} studies, {program}"
    most = MOST_MILLISECONDS[batch]
    yield f"{name}: at most {most} ms a step", f"{milliseconds:.1f} ms, {reached(milliseconds <= most, f'{milliseconds / most:.2f} of it')}"
    if peer:
        times, least = peer["seconds_per_step"] / ours["seconds_per_step"], LEAST_TIMES_THE_PEER[batch]
        yield f"{name}: at least {least} of the rate of {FASTEST_PEER} PyTorch", f"{times:.2f}, {reached(times >= least, f'{times / least:.2f} of it')}"
    if batch == 32:
        hours = PAPER_STUDIES / ours["studies_per_second"] / 3600
        yield f"{name}: the paper's 300,000 steps in under {MOST_HOURS} h", f"{hours:.2f} h, {reached(hours < MOST_HOURS, f'{hours / MOST_HOURS:.2f} of it')}"


def feed(report):
    for row in report("feed").get("rows", [])[-1:]:
        name = f"feed, fresh decoding, {row['workers']} workers"
        yield f"{name}: studies/s", f"{row['studies_per_second']:.1f}"
        yield f"{name}: of a core, ms a study", f"{row['core_millis']:.2f}"
    for row in report("feed-paced").get("rows", [])[-1:]:
        yield "feed, a device of 1,100 studies/s: studies/s", f"{row['studies_per_second']:.1f}"
        yield f"AIM, feed, a device of 1,100 studies/s: waits for data for under {100 * MOST_WAITING:.0f} %", f"{100 * row['waited']:.1f} %, {reached(row['waited'] < MOST_WAITING, 'too long')}"


def long_runs(report):
    long = report("long")
    if long:
        yield "2,000 steps: ms a step", f"{1e3 * long['seconds_per_step']:.1f}"
        yield "2,000 steps: studies/s", f"{long['studies_per_second']:.1f}"
        yield f"AIM, 2,000 steps: waiting for data for under {100 * MOST_WAITING:.0f} %", f"{100 * long['data_wait']:.1f} %, {reached(long['data_wait'] < MOST_WAITING, 'too long')}"
        yield "2,000 steps: device memory at its peak", report.peak("long")
        yield "2,000 steps: losses", course(long, falls=True)
    resume = report("resume")
    if resume:
        name = f"{resume['precision']}, {resume['batch']}, {resume['program']}, {resume['steps']} steps"
        yield f"{name}: ms a step until it is killed", f"{1e3 * resume['seconds_per_step']:.1f}"
        yield f"{name}: … resumed", f"{1e3 * resume['seconds_per_step_resumed']:.1f}"
        yield f"{name}: … taken again", f"{1e3 * resume['seconds_per_step_replayed']:.1f}"
        yield f"{name}: device memory at its peak", report.peak("resume")
        yield f"{name}: losses", course(resume, falls=resume["steps"] >= ENOUGH_STEPS)
        yield f"AIM, {name}: the same bits", reached(resume["replay_identical"], "OTHER BITS")
    replay = report("replay")
    if replay:
        yield "AIM, a small network, killed, resumed and replayed: the same bits", reached(replay["replay_identical"], "OTHER BITS")


def main():
    directory = pathlib.Path(sys.argv[1])
    report = Reports(directory)
    rows = [("device", (directory / "device").read_text().strip()), *parity(report), *kernels(report)]
    for precision in ("float32", "bfloat16"):
        for batch in report.batches(precision):
            rows += steps(report, precision, batch)
    rows += [*feed(report), *long_runs(report)]
    rows += [(file.stem, "failed") for file in sorted(directory.glob("*.out")) if not report(file.stem)]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")


if __name__ == "__main__":
    main()
