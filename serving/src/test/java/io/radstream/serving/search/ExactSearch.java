package io.radstream.serving.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Looks at every vector: what a search ought to find. */
record ExactSearch(Map<String, float[]> vectors) {

  List<String> nearest(float[] query, int count) {
    return vectors.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -cosine(entry.getValue(), query)))
        .limit(count)
        .map(Map.Entry::getKey)
        .toList();
  }

  static double cosine(float[] a, float[] b) {
    double dot = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      ofA += (double) a[i] * a[i];
      ofB += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(ofA * ofB);
  }
}
