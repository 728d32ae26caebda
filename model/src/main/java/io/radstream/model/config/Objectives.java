package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.require;

/**
 * What is minimised: a weighted sum. An objective of weight 0 is not computed, and the part of the
 * network that it alone needs is not there (paper, table 3).
 *
 * @param contrastive weight of the contrastive loss, task 2; 1 in the paper
 * @param language weight of the language loss, task 1; 1 in the paper
 * @param labels weight of the cross entropy against labels; 0 in the paper but for table 3, row 4
 * @param temperature τ of the contrastive loss
 * @param studyToReport λ: how much the direction from study to report counts, the rest is for that
 *     from report to study; 1 in the paper, 0.75 in the authors' code
 * @param restoration weights of what restores pictures; none in the paper's own network
 * @param comparison of pictures with themselves; none in the paper's own network
 * @param contrast how studies and reports are compared; {@link Contrast#SOFTMAX} in the paper
 * @param contrastBias b of {@link Contrast#SIGMOID}, unused by the other
 * @param masked of what hides parts of pictures and reports; none in the paper's own network
 */
public record Objectives(
    double contrastive,
    double language,
    double labels,
    double temperature,
    double studyToReport,
    LanguageMean languageMean,
    Restoration restoration,
    ImageComparison comparison,
    Contrast contrast,
    double contrastBias,
    MaskedModelling masked) {

  /** With it a batch of strangers begins at a small loss (Zhai et al., 2023, section 3.2). */
  private static final double BIAS = -10;

  /** Nothing is hidden. */
  public Objectives(
      double contrastive,
      double language,
      double labels,
      double temperature,
      double studyToReport,
      LanguageMean languageMean,
      Restoration restoration,
      ImageComparison comparison,
      Contrast contrast,
      double contrastBias) {
    this(
        contrastive,
        language,
        labels,
        temperature,
        studyToReport,
        languageMean,
        restoration,
        comparison,
        contrast,
        contrastBias,
        MaskedModelling.OFF);
  }

  /** Studies and reports are compared as in the paper. */
  public Objectives(
      double contrastive,
      double language,
      double labels,
      double temperature,
      double studyToReport,
      LanguageMean languageMean,
      Restoration restoration,
      ImageComparison comparison) {
    this(
        contrastive,
        language,
        labels,
        temperature,
        studyToReport,
        languageMean,
        restoration,
        comparison,
        Contrast.SOFTMAX,
        BIAS);
  }

  /** No pictures are restored or compared. */
  public Objectives(
      double contrastive,
      double language,
      double labels,
      double temperature,
      double studyToReport,
      LanguageMean languageMean) {
    this(
        contrastive,
        language,
        labels,
        temperature,
        studyToReport,
        languageMean,
        Restoration.NONE,
        ImageComparison.OFF);
  }

  /** How the contrastive loss compares the studies of a batch with its reports. */
  public enum Contrast {
    /** Each study with all reports, and the other way round by λ (equation 2). */
    SOFTMAX,
    /** Each pair by itself: whether it is one (Zhai et al., 2023, "SigLIP"). */
    SIGMOID
  }

  /** What the language loss is an average over. */
  public enum LanguageMean {
    /** Reports: a report's tokens are summed up (equation 1). */
    REPORT,
    /** All tokens of the batch, as in the authors' code. */
    TOKEN
  }

  public Objectives {
    require(contrastive >= 0, "model.objectives.contrastive (at least 0)", contrastive);
    require(language >= 0, "model.objectives.language (at least 0)", language);
    require(labels >= 0, "model.objectives.labels (at least 0)", labels);
    require(
        contrastive + language + labels + restoration.sum() + comparison.weight() + masked.sum()
            > 0,
        "model.objectives.contrastive, language, labels and others (one must be above 0)",
        0);
    require(
        Double.isFinite(contrastBias), "model.objectives.contrastBias (a number)", contrastBias);
    require(temperature > 0, "model.objectives.temperature (above 0)", temperature);
    require(
        studyToReport >= 0 && studyToReport <= 1,
        "model.objectives.studyToReport (0 to 1)",
        studyToReport);
  }

  /** The paper's sum of both tasks. */
  public static Objectives paper(double temperature, double language) {
    return new Objectives(1, language, 0, temperature, 1, LanguageMean.REPORT);
  }

  /** As the authors' code has it. */
  public static Objectives released(double temperature, double language) {
    return new Objectives(1, language, 0, temperature, 0.75, LanguageMean.TOKEN);
  }
}
