"""Reads a log directory that `radstream track tensorboard` wrote with TensorBoard's own reader."""

import sys
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def main(directory: str) -> None:
    runs = sorted({file.parent for file in Path(directory).rglob("events.out.tfevents.*")})
    if not runs:
        sys.exit(f"no event files below {directory}")
    for run in runs:
        events = EventAccumulator(str(run), size_guidance={"scalars": 0, "tensors": 0})
        events.Reload()
        print(run.relative_to(directory))
        for tag in events.Tags()["scalars"]:
            values = events.Scalars(tag)
            steps = [value.step for value in values]
            if steps != sorted(set(steps)):
                sys.exit(f"{run}: steps of {tag} do not rise: {steps}")
            print(f"  {tag}: {len(values)} values, step {steps[-1]}: {values[-1].value:.6g}")
        for tag in events.Tags()["tensors"]:
            text = events.Tensors(tag)[0].tensor_proto.string_val[0].decode()
            print(f"  {tag}: text of {len(text)} characters")


if __name__ == "__main__":
    main(sys.argv[1])
