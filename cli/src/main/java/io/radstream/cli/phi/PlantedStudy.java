package io.radstream.cli.phi;

import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import java.util.List;
import java.util.Optional;

/**
 * A study of a planted site.
 *
 * @param name for people, as {@code study 3}
 * @param burned where a name stands in its picture; empty for one to learn from
 * @param words of the site's list, in its report
 */
record PlantedStudy(
    String name, PlantedPatient patient, Optional<Corner> burned, List<ListedWords.Word> words) {

  PlantedStudy {
    words = List.copyOf(words);
  }

  String radiograph() {
    return "radiograph of " + name;
  }

  String report() {
    return "report of " + name;
  }

  /** Key of its records. */
  String key(StudyNames names, Pseudonymizer pseudonymizer) {
    try {
      return pseudonymizer.study(names.study(patient.accession(), patient.studyUid()));
    } catch (RefusedStudyException e) {
      throw new IllegalStateException("a planted study has an accession number", e);
    }
  }
}
