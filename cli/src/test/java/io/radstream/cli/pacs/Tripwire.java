package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.phi.HospitalSearch;
import io.radstream.cli.phi.Leak;
import io.radstream.cli.phi.PlantedHospital;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Searches for a hospital's canaries where none may be, and where all have to be. */
final class Tripwire {

  private final PlantedHospital hospital;
  private final Topics topics;
  private final Pseudonymizer pseudonyms;

  Tripwire(PlantedHospital hospital, Topics topics, Pseudonymizer pseudonyms) {
    this.hospital = hospital;
    this.topics = topics;
    this.pseudonyms = pseudonyms;
  }

  /** All that a running service tells is free of them. */
  void pages(URI service) throws Exception {
    HospitalSearch search = search();
    search.pages(service);
    assertThat(search.leaks()).isEmpty();
  }

  /**
   * Topics and files are free of them.
   *
   * @param theirs files of the hospital's systems, in which the same search sees each of them
   * @param ours files of Radstream: the broker's, states, logs, checkpoints, reports
   */
  void requireNothing(Path theirs, Path ours, Figures figures) throws Exception {
    HospitalSearch search = search();
    search.topics(topics.connection());
    search.files(ours);
    assertThat(search.leaks()).isEmpty();
    requireSeen(search, theirs, figures);
    figures.add("seen in topics, logs, pages, checkpoints, a report", "0");
  }

  private HospitalSearch search() {
    return hospital.search(new StudyNames(""), pseudonyms);
  }

  private void requireSeen(HospitalSearch search, Path theirs, Figures figures) throws Exception {
    Set<String> places = new TreeSet<>(search.seenIn(theirs).stream().map(Leak::place).toList());
    assertThat(places).isEqualTo(new TreeSet<>(hospital.places()));
    List<Leak> archived = search.seenIn(theirs.resolve("orthanc"));
    assertThat(archived)
        .extracting(Leak::place)
        .contains("patient's family name", "patient's number", "DICOM private attribute");
    List<Leak> reported = search.seenIn(theirs.resolve("messages"));
    assertThat(reported)
        .extracting(Leak::place)
        .contains("HL7 OBX-16", "HL7 PID-11", "a day in a report");
    figures.add("canaries planted", "%d, in %d places", hospital.canaries(), places.size());
    figures.add("seen in the archive, in messages", "%d, %d", archived.size(), reported.size());
  }
}
