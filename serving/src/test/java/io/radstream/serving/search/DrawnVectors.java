package io.radstream.serving.search;

import io.radstream.radiology.CounterRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unit vectors in every direction alike: the hardest that a graph can be asked to lead through. */
record DrawnVectors(int dimensions) {

  Map<String, float[]> of(String name, int count) {
    Map<String, float[]> drawn = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      drawn.put(name + "-" + i, one(name, i));
    }
    return drawn;
  }

  float[] one(String name, long number) {
    CounterRandom random = CounterRandom.of(7, name, number);
    float[] vector = new float[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextGaussian();
      squares += (double) vector[i] * vector[i];
    }
    for (int i = 0; i < dimensions; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
