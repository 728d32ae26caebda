package io.radstream.trainer.feed;

import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.StudyBatch;
import io.radstream.radiology.ViewSelection;
import io.radstream.trainer.augment.AlikePictures;
import io.radstream.trainer.augment.PictureRoom;
import io.radstream.trainer.augment.ReportTokens;
import io.radstream.trainer.augment.ShownStudy;
import io.radstream.trainer.labels.StudyLabels;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Puts so many studies together into one batch. Not thread-safe. */
public final class BatchBuilder {

  private static final int NO_WORD = -1;

  private final int shards;
  private final int valuesPerStudy;
  private final StudyLabels known;
  private final float[] images;
  private final Map<CompanionKind, float[]> companions = new EnumMap<>(CompanionKind.class);
  private final int[][] tokens;
  private final int[][] encoderTokens;
  private final float[][] labels;
  private final long[] draws;
  private final int[][] words;
  private int filled;

  /**
   * @param size studies of the batch
   * @param shards equal parts that it is learned from in, each as if it were alone
   * @param valuesPerStudy in its three views
   * @param companions kinds of companions that the pictures have
   */
  public BatchBuilder(
      int size, int shards, int valuesPerStudy, Set<CompanionKind> companions, StudyLabels known) {
    this.shards = shards;
    this.valuesPerStudy = valuesPerStudy;
    this.known = known;
    this.images = new float[size * valuesPerStudy];
    companions.forEach(kind -> this.companions.put(kind, new float[images.length]));
    this.words = new int[size][ViewSelection.VIEWS];
    this.tokens = new int[size][];
    this.encoderTokens = new int[size][];
    this.labels = new float[size][];
    this.draws = new long[size];
  }

  /** Of a batch that is learned from as a whole. */
  public BatchBuilder(
      int size, int valuesPerStudy, Set<CompanionKind> companions, StudyLabels known) {
    this(size, 1, valuesPerStudy, companions, known);
  }

  /** Where the pictures of the next study are to be written. */
  public PictureRoom room() {
    return new PictureRoom(images, companions, filled * valuesPerStudy, words[filled]);
  }

  public boolean isFull() {
    return filled == tokens.length;
  }

  /**
   * The next study, whose pictures are there already.
   *
   * @param draw what objectives draw by for it
   */
  public void add(String studyId, ReportTokens report, long draw) {
    add(report, known.of(studyId), draw);
  }

  /** The same, as it was shown. */
  public void add(String studyId, ShownStudy shown, long draw) {
    float[] studyLabels = shown.labelsExchanged() ? known.mirrored(studyId) : known.of(studyId);
    add(shown.report(), studyLabels, draw);
  }

  private void add(ReportTokens report, float[] studyLabels, long draw) {
    tokens[filled] = report.decoder();
    encoderTokens[filled] = report.encoder();
    labels[filled] = studyLabels;
    draws[filled] = draw;
    filled++;
  }

  /** The batch, once it is full. */
  public StudyBatch build() {
    return new StudyBatch(images, tokens, encoderTokens, labels, companions, draws, knownWords());
  }

  /** Words are of pictures that are alike: in others the same place is other anatomy. */
  private int[][] knownWords() {
    if (!companions.containsKey(CompanionKind.WORD)) {
      return new int[tokens.length][0];
    }
    int side = (int) Math.round(Math.sqrt((double) valuesPerStudy / ViewSelection.VIEWS));
    // As StudyBatch is cut, where studies were left out.
    int parts = Math.min(shards, Math.max(1, Integer.highestOneBit(tokens.length)));
    for (int part = 0; part < parts; part++) {
      int from = part * tokens.length / parts;
      int to = (part + 1) * tokens.length / parts;
      float[] pictures = Arrays.copyOfRange(images, from * valuesPerStudy, to * valuesPerStudy);
      forget(AlikePictures.of(pictures, side), from);
    }
    return words;
  }

  private void forget(boolean[] alike, int study) {
    for (int i = 0; i < alike.length; i++) {
      if (!alike[i]) {
        words[study + i / ViewSelection.VIEWS][i % ViewSelection.VIEWS] = NO_WORD;
      }
    }
  }
}
