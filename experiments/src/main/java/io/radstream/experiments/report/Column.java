package io.radstream.experiments.report;

import io.radstream.experiments.plan.Ratios;
import io.radstream.experiments.plan.Target;

/** A target at a label ratio. */
record Column(Target target, double ratio) {

  String title() {
    return "%s (%s %%)".formatted(target.title(), Ratios.percent(ratio));
  }

  /** In names of files. */
  String slug() {
    return "%s-%s".formatted(target.name(), Ratios.percent(ratio));
  }
}
