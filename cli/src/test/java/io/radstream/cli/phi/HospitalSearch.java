package io.radstream.cli.phi;

import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for a planted hospital's canaries in what came of it. */
public final class HospitalSearch {

  private final CanarySearch search;
  private final PhiCheck check;
  private final List<Leak> inBytes = new ArrayList<>();

  HospitalSearch(CanarySearch search, PhiCheck check) {
    this.search = search;
    this.check = check;
  }

  /** Those in files and their names, whether they may be there or not. */
  public List<Leak> seenIn(Path files) throws IOException {
    return search.in(files);
  }

  /** Where nothing may be: all that a running service tells. */
  public void pages(URI service) throws IOException, InterruptedException {
    check.pages(service);
  }

  /** Where nothing may be. */
  public void files(Path directory) throws IOException {
    check.files(directory);
  }

  /** Where nothing may be. */
  public void bytes(String where, byte[] bytes) {
    inBytes.addAll(search.in(where, bytes));
  }

  /** No picture with a name in it may be on the topic. */
  public void pictures(KafkaConnection connection, StudyNames names, Pseudonymizer pseudonymizer)
      throws IOException {
    check.pictures(connection, names, pseudonymizer);
  }

  /** What was found where nothing may be. */
  public List<Leak> leaks() {
    List<Leak> all = new ArrayList<>(check.leaks());
    all.addAll(inBytes);
    return all.stream().distinct().toList();
  }
}
