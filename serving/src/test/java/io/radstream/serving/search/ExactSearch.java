package io.radstream.serving.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Looks at every vector: what a search ought to find. */
record ExactSearch(Map<String, float[]> vectors) {

  private record Compared(String id, double cosine) {}

  List<String> nearest(float[] query, int count) {
    return vectors.entrySet().stream()
        .map(entry -> new Compared(entry.getKey(), cosine(entry.getValue(), query)))
        .sorted(Comparator.comparingDouble(compared -> -compared.cosine()))
        .limit(count)
        .map(Compared::id)
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
