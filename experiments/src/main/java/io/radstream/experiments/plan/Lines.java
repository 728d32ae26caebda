package io.radstream.experiments.plan;

/** Names of model lines, which the settings decide: other settings never go on with a line. */
final class Lines {

  /** As long as the trainer takes. */
  private static final int LONGEST = 64;

  private Lines() {}

  static String of(Experiment experiment, String run, String fingerprint) {
    String line = "%s-%s-%s".formatted(experiment.name(), run, Fingerprint.shortened(fingerprint));
    if (line.length() > LONGEST) {
      throw new InvalidExperimentException(
          "name",
          "the line %s would have %d letters, and a line has at most %d: shorter names, please"
              .formatted(line, line.length(), LONGEST));
    }
    return line;
  }
}
