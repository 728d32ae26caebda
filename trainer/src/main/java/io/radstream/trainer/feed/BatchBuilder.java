package io.radstream.trainer.feed;

import io.radstream.model.network.StudyBatch;
import io.radstream.trainer.augment.ReportTokens;
import io.radstream.trainer.augment.ShownStudy;
import io.radstream.trainer.labels.StudyLabels;

/** Puts so many studies together into one batch. Not thread-safe. */
public final class BatchBuilder {

  private final int valuesPerStudy;
  private final StudyLabels known;
  private final float[] images;
  private final int[][] tokens;
  private final int[][] encoderTokens;
  private final float[][] labels;
  private int filled;

  /**
   * @param size studies of the batch
   * @param valuesPerStudy in its three views
   */
  public BatchBuilder(int size, int valuesPerStudy, StudyLabels known) {
    this.valuesPerStudy = valuesPerStudy;
    this.known = known;
    this.images = new float[size * valuesPerStudy];
    this.tokens = new int[size][];
    this.encoderTokens = new int[size][];
    this.labels = new float[size][];
  }

  /** The batch's images; those of the next study begin at {@link #offset}. */
  public float[] images() {
    return images;
  }

  public int offset() {
    return filled * valuesPerStudy;
  }

  public boolean isFull() {
    return filled == tokens.length;
  }

  /** The next study, whose images are there already. */
  public void add(String studyId, ReportTokens report) {
    add(report, known.of(studyId));
  }

  /** The same, as it was shown. */
  public void add(String studyId, ShownStudy shown) {
    add(shown.report(), shown.labelsExchanged() ? known.mirrored(studyId) : known.of(studyId));
  }

  private void add(ReportTokens report, float[] studyLabels) {
    tokens[filled] = report.decoder();
    encoderTokens[filled] = report.encoder();
    labels[filled] = studyLabels;
    filled++;
  }

  /** The batch, once it is full. */
  public StudyBatch build() {
    return new StudyBatch(images, tokens, encoderTokens, labels);
  }
}
