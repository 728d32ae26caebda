package io.radstream.trainer.bisect;

import io.radstream.radiology.image.GrayImage;
import io.radstream.trainer.traits.StudyPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a study's pictures look like those of other studies: the correlation of a picture, as 16
 * × 16 means of its parts, with the nearest of some pictures of studies before, and of a study the
 * mean over its pictures. From -1 to 1. Inverted pictures, other sides up or left, and other parts
 * of the body are less like what was read before, whatever their brightness; one of another
 * projection is not, as long as there were such.
 */
final class Likeness {

  private static final int SIDE = 16;

  /** Pictures that others are compared with, at most. */
  private static final int REFERENCES = 256;

  private final Map<StudyPlace, List<float[]>> pictures = new HashMap<>();

  /** Empty where nothing could be shown of the study. */
  void add(StudyPlace place, List<GrayImage> images) {
    pictures.put(place, images.stream().map(Likeness::parts).toList());
  }

  /**
   * @param before studies that were added, the newest first
   * @return of each study that was added, has a picture, and others to be compared with
   */
  Map<StudyPlace, Double> to(Collection<StudyPlace> before) {
    List<Reference> references = references(before);
    Map<StudyPlace, Double> likeness = new HashMap<>();
    pictures.forEach(
        (place, own) -> {
          List<Reference> others =
              references.stream().filter(reference -> !reference.place().equals(place)).toList();
          if (!own.isEmpty() && !others.isEmpty()) {
            likeness.put(
                place,
                own.stream().mapToDouble(picture -> nearest(picture, others)).sum() / own.size());
          }
        });
    return likeness;
  }

  private record Reference(StudyPlace place, float[] parts) {}

  private List<Reference> references(Collection<StudyPlace> before) {
    List<Reference> references = new ArrayList<>();
    for (StudyPlace place : before) {
      for (float[] parts : pictures.getOrDefault(place, List.of())) {
        if (references.size() < REFERENCES) {
          references.add(new Reference(place, parts));
        }
      }
    }
    return references;
  }

  private static double nearest(float[] picture, List<Reference> others) {
    double nearest = -1;
    for (Reference other : others) {
      double correlation = 0;
      for (int i = 0; i < picture.length; i++) {
        correlation += picture[i] * other.parts()[i];
      }
      nearest = Math.max(nearest, correlation);
    }
    return nearest;
  }

  /** Of mean 0 and length 1; zeros where all parts are the same. */
  private static float[] parts(GrayImage image) {
    double[] sums = new double[SIDE * SIDE];
    int[] counts = new int[sums.length];
    byte[] pixels = image.pixels();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int part = y * SIDE / image.height() * SIDE + x * SIDE / image.width();
        sums[part] += Byte.toUnsignedInt(pixels[y * image.width() + x]);
        counts[part]++;
      }
    }
    double mean = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= Math.max(1, counts[i]);
      mean += sums[i] / sums.length;
    }
    double squares = 0;
    for (double sum : sums) {
      squares += (sum - mean) * (sum - mean);
    }
    float[] parts = new float[sums.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = squares == 0 ? 0 : (float) ((sums[i] - mean) / Math.sqrt(squares));
    }
    return parts;
  }
}
