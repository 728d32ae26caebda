package io.radstream.experiments;

import io.radstream.experiments.file.ExperimentReader;
import io.radstream.experiments.plan.Plan;

/** Two rows, a target of two findings at two label ratios, two repeats. */
public final class SmallExperiment {

  public static final String FILE =
      """
      name: small
      sources:
        phantoms: {phantoms: {studies: 100}}
      initialisations:
        refers:
          title: Our REFERS
          paper: refers
          pretraining: {source: phantoms, preset: tiny, steps: 10}
        scratch: {title: From scratch, scratch: {preset: tiny}}
        imagenet: {title: ImageNet, paper: imagenet, weights: {radiograph: vit, preset: tiny}}
      targets:
        chest: {title: NIH, paper: nih, source: phantoms, findings: [effusion, mass], steps: 3}
      labelRatios: [0.01, 1]
      repeats: 2
      compare: {reference: refers, paper: table1}
      """;

  private SmallExperiment() {}

  public static Plan plan() {
    return plan(FILE);
  }

  public static Plan plan(String text) {
    return Plan.of(new ExperimentReader().parse(text));
  }
}
