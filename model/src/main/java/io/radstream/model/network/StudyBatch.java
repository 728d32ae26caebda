package io.radstream.model.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Studies as the network takes them.
 *
 * @param images studies × 3 views × side × side, normalised brightness, view by view and row by row
 * @param tokens one report each: token ids of the report transformer, from start to end token, not
 *     padded; none where the study has no report, which only objectives that read none can use
 * @param encoderTokens the same reports as token ids of the report encoder; where both share a
 *     vocabulary, the same array
 * @param labels studies × findings: probability that the finding is present, NaN where not known;
 *     no findings without label supervision
 * @param companions of each kind that an objective asks for, for each picture another one: as
 *     {@code images}; a repeated picture has the same companion
 * @param draws for each study a number that what an objective leaves to chance follows from; so it
 *     is the same wherever in a batch, and in whichever part of one, the study is
 * @param words studies × 3: which word of anatomy the companion {@link CompanionKind#WORD} of each
 *     picture is; negative where it is none. Studies × 0 where nothing asks for words
 */
public record StudyBatch(
    float[] images,
    int[][] tokens,
    int[][] encoderTokens,
    float[][] labels,
    Map<CompanionKind, float[]> companions,
    long[] draws,
    int[][] words) {

  /**
   * @throws IllegalArgumentException where there is not one report, one row of labels, one draw and
   *     one row of words for each study, a report has tokens for one text part only, or a picture
   *     has no companion
   */
  public StudyBatch {
    if (encoderTokens.length != tokens.length
        || labels.length != tokens.length
        || draws.length != tokens.length
        || words.length != tokens.length) {
      throw new IllegalArgumentException(
          "%d reports, %d for the encoder, %d rows of labels, %d draws and %d rows of words do not make a batch"
              .formatted(
                  tokens.length, encoderTokens.length, labels.length, draws.length, words.length));
    }
    for (int i = 0; i < tokens.length; i++) {
      if ((tokens[i].length == 0) != (encoderTokens[i].length == 0)) {
        throw new IllegalArgumentException("a report of a batch has tokens for one text part only");
      }
    }
    companions = copy(companions);
    if (companions.values().stream().anyMatch(pictures -> pictures.length != images.length)) {
      throw new IllegalArgumentException("a batch has companions for some of its pictures only");
    }
  }

  private static Map<CompanionKind, float[]> copy(Map<CompanionKind, float[]> companions) {
    Map<CompanionKind, float[]> ordered = new EnumMap<>(CompanionKind.class);
    ordered.putAll(companions);
    return ordered;
  }

  /** Without words; all draws are 0. */
  public StudyBatch(
      float[] images,
      int[][] tokens,
      int[][] encoderTokens,
      float[][] labels,
      Map<CompanionKind, float[]> companions) {
    this(
        images,
        tokens,
        encoderTokens,
        labels,
        companions,
        new long[tokens.length],
        new int[tokens.length][0]);
  }

  /** Without companions and words; all draws are 0. */
  public StudyBatch(float[] images, int[][] tokens, int[][] encoderTokens, float[][] labels) {
    this(images, tokens, encoderTokens, labels, Map.of());
  }

  /** Both text parts share a vocabulary; no labels. */
  public StudyBatch(float[] images, int[][] tokens) {
    this(images, tokens, tokens, new float[tokens.length][0]);
  }

  /** Number of studies. */
  public int size() {
    return tokens.length;
  }

  /**
   * For each picture another one, as {@link #images}.
   *
   * @throws IllegalStateException where the batch was made without them
   */
  public float[] companions(CompanionKind kind) {
    float[] pictures = companions.get(kind);
    if (pictures == null) {
      throw new IllegalStateException("this batch was made without companions " + kind);
    }
    return pictures;
  }

  /** The same with companions of this kind. */
  public StudyBatch with(CompanionKind kind, float[] pictures) {
    Map<CompanionKind, float[]> more = copy(companions);
    more.put(kind, pictures);
    return new StudyBatch(images, tokens, encoderTokens, labels, more, draws, words);
  }

  /** The same by other draws. */
  public StudyBatch with(long... otherDraws) {
    return new StudyBatch(images, tokens, encoderTokens, labels, companions, otherDraws, words);
  }

  /** The same with words for its companions {@link CompanionKind#WORD}. */
  public StudyBatch with(int[][] other) {
    return new StudyBatch(images, tokens, encoderTokens, labels, companions, draws, other);
  }

  /** Number of pictures of which a companion is a word. */
  public int wordCount() {
    return (int)
        Arrays.stream(words).flatMapToInt(Arrays::stream).filter(word -> word >= 0).count();
  }

  /** Number of labels that are known. */
  public int knownLabels() {
    int count = 0;
    for (float[] row : labels) {
      for (float label : row) {
        count += Float.isNaN(label) ? 0 : 1;
      }
    }
    return count;
  }

  /** Number of tokens that follow another one, of reports none longer than {@code maxTokens}. */
  public int predictedTokens(int maxTokens) {
    return Arrays.stream(tokens)
        .mapToInt(report -> Math.max(0, Math.min(report.length, maxTokens) - 1))
        .sum();
  }

  /**
   * The same studies in batches.
   *
   * @param most studies of each; 0, or as many as there are, for this one itself
   */
  public List<StudyBatch> parts(int most) {
    if (most == 0 || most >= size()) {
      return List.of(this);
    }
    List<StudyBatch> parts = new ArrayList<>();
    for (int from = 0; from < size(); from += most) {
      parts.add(part(from, Math.min(size(), from + most)));
    }
    return parts;
  }

  /**
   * The same studies in so many batches, none of which has more than one study more than another.
   *
   * @param count at most as many as there are studies
   */
  public List<StudyBatch> evenParts(int count) {
    return count == 1
        ? List.of(this)
        : IntStream.range(0, count)
            .mapToObj(i -> part(i * size() / count, (i + 1) * size() / count))
            .toList();
  }

  private StudyBatch part(int from, int to) {
    int values = images.length / size();
    return new StudyBatch(
        Arrays.copyOfRange(images, from * values, to * values),
        Arrays.copyOfRange(tokens, from, to),
        Arrays.copyOfRange(encoderTokens, from, to),
        Arrays.copyOfRange(labels, from, to),
        cut(from * values, to * values),
        Arrays.copyOfRange(draws, from, to),
        Arrays.copyOfRange(words, from, to));
  }

  private Map<CompanionKind, float[]> cut(int from, int to) {
    Map<CompanionKind, float[]> part = new EnumMap<>(CompanionKind.class);
    companions.forEach((kind, pictures) -> part.put(kind, Arrays.copyOfRange(pictures, from, to)));
    return part;
  }

  /** Reports of the report transformer, none longer than {@code maxTokens}. */
  public int[][] cutTokens(int maxTokens) {
    return cut(tokens, maxTokens);
  }

  /** Reports of the report encoder, none longer than {@code maxTokens}. */
  public int[][] cutEncoderTokens(int maxTokens) {
    return cut(encoderTokens, maxTokens);
  }

  private static int[][] cut(int[][] reports, int maxTokens) {
    return Arrays.stream(reports)
        .map(report -> TokenBatch.cut(report, maxTokens))
        .toArray(int[][]::new);
  }
}
