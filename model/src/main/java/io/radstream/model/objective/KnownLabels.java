package io.radstream.model.objective;

/**
 * Labels of studies, study by study.
 *
 * @param present studies × findings: a probability, 0 where it is not known
 * @param known the same: 1 where it is known, else 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record KnownLabels(float[] present, float[] known) {

  /**
   * @param labels studies × findings: a probability, or NaN where it is not known
   */
  public static KnownLabels of(float[][] labels, int findings) {
    float[] present = new float[labels.length * findings];
    float[] known = new float[present.length];
    for (int i = 0; i < present.length; i++) {
      float label = labels[i / findings][i % findings];
      known[i] = Float.isNaN(label) ? 0 : 1;
      present[i] = Float.isNaN(label) ? 0 : label;
    }
    return new KnownLabels(present, known);
  }
}
