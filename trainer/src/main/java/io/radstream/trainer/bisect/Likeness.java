package io.radstream.trainer.bisect;

import io.radstream.radiology.image.GrayImage;
import io.radstream.trainer.augment.Shades;
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

  private final Map<StudyPlace, List<Shades>> pictures = new HashMap<>();

  /** Empty where nothing could be shown of the study. */
  void add(StudyPlace place, List<GrayImage> images) {
    pictures.put(place, images.stream().map(image -> Shades.of(image, SIDE)).toList());
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

  private record Reference(StudyPlace place, Shades shades) {}

  private List<Reference> references(Collection<StudyPlace> before) {
    List<Reference> references = new ArrayList<>();
    for (StudyPlace place : before) {
      for (Shades shades : pictures.getOrDefault(place, List.of())) {
        if (references.size() < REFERENCES) {
          references.add(new Reference(place, shades));
        }
      }
    }
    return references;
  }

  private static double nearest(Shades picture, List<Reference> others) {
    double nearest = -1;
    for (Reference other : others) {
      nearest = Math.max(nearest, picture.correlation(other.shades()));
    }
    return nearest;
  }
}
