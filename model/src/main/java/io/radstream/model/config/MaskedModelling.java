package io.radstream.model.config;

import static io.radstream.model.config.ModelConfig.require;

/**
 * Settings of the two objectives that hide parts of pictures and of reports and restore them (MRM;
 * Zhou et al., 2023, "Advancing Radiograph Representation Learning with Masked Record Modeling"):
 * not in REFERS, and off unless set. The numbers of {@link #OFF} are those of its authors' code.
 *
 * @param pictures weight of restoring hidden patches; 0 for off
 * @param reports weight of restoring hidden tokens; 0 for off
 * @param patchShare share of a picture's patches that is hidden
 * @param tokenShare share of a report's tokens that is hidden, start and end token apart
 * @param pictureLayers blocks of what restores patches
 * @param reportLayers blocks of what restores tokens
 * @param normalised whether the pixels of a patch are restored less their mean and over their
 *     deviation
 */
public record MaskedModelling(
    double pictures,
    double reports,
    double patchShare,
    double tokenShare,
    int pictureLayers,
    int reportLayers,
    boolean normalised) {

  /** Nothing is hidden. */
  public static final MaskedModelling OFF = new MaskedModelling(0, 0, 0.75, 0.5, 4, 6, true);

  public MaskedModelling {
    require(pictures >= 0, "model.objectives.masked.pictures (at least 0)", pictures);
    require(reports >= 0, "model.objectives.masked.reports (at least 0)", reports);
    require(
        patchShare > 0 && patchShare < 1,
        "model.objectives.masked.patchShare (above 0, below 1)",
        patchShare);
    require(
        tokenShare > 0 && tokenShare < 1,
        "model.objectives.masked.tokenShare (above 0, below 1)",
        tokenShare);
    require(pictureLayers > 0, "model.objectives.masked.pictureLayers (at least 1)", pictureLayers);
    require(reportLayers > 0, "model.objectives.masked.reportLayers (at least 1)", reportLayers);
  }

  /** Both weights together. No getter by its name, or it would be written as a setting. */
  public double sum() {
    return pictures + reports;
  }

  /**
   * How many patches of a picture are shown: rounded down, but at least one.
   *
   * @param patches of the picture, at least 2
   */
  public int shown(int patches) {
    return Math.max(1, Math.min(patches - 1, (int) Math.floor(patches * (1 - patchShare))));
  }

  /**
   * How many tokens of a report are hidden: rounded, but at least one where there is any beside the
   * start and the end token.
   *
   * @param tokens of the report, with both
   */
  public int hidden(int tokens) {
    int inner = tokens - 2;
    return inner <= 0 ? 0 : Math.max(1, (int) Math.round(inner * tokenShare));
  }
}
