package io.radstream.producers.publish;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * By what archive, report system and order system know a study: real identifiers, which stay at the
 * site. What is not known is empty.
 *
 * @param patientId as the sender wrote it
 * @param studyUid study instance UID
 * @param images of which the study is known to consist
 */
public record KnownStudy(
    String patientId, String accession, String studyUid, List<KnownImage> images) {

  /** Of a study that nobody else knows, as a phantom's. */
  public static final KnownStudy UNKNOWN = new KnownStudy("", "", "", List.of());

  public KnownStudy {
    images = List.copyOf(images);
  }

  /**
   * One image.
   *
   * @param sopClass UID of what kind it is
   * @param seriesUid series instance UID
   * @param instanceUid SOP instance UID
   */
  public record KnownImage(String sopClass, String seriesUid, String instanceUid) {}

  /** What is known of a study from this and from what is told of it later, which wins. */
  public KnownStudy with(KnownStudy later) {
    Set<KnownImage> all = new LinkedHashSet<>(images);
    all.addAll(later.images);
    return new KnownStudy(
        either(later.patientId, patientId),
        either(later.accession, accession),
        either(later.studyUid, studyUid),
        List.copyOf(all));
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }

  /** Keeps what it knows to itself. */
  @Override
  public String toString() {
    return "KnownStudy[%d images]".formatted(images.size());
  }
}
