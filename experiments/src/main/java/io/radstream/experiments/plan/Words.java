package io.radstream.experiments.plan;

/** What decides which tokens reports become. */
final class Words {

  private Words() {}

  static String of(Experiment experiment) {
    return "%s %s %d"
        .formatted(
            experiment.tokenizer().orElse(""),
            experiment.encoderTokenizer().orElse(""),
            experiment.tokenizer().isPresent() ? 0 : experiment.vocabulary());
  }
}
