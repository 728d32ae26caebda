package io.radstream.cli.phi;

import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Looks for a planted hospital's canaries in what came of it. */
public final class HospitalSearch {

  private final List<Canary> planted;
  private final PhiCheck check;

  HospitalSearch(List<Canary> planted, PhiCheck check) {
    this.planted = List.copyOf(planted);
    this.check = check;
  }

  /** Those in files and their names, whether they may be there or not. */
  public List<Leak> seenIn(Path files) throws IOException {
    Findings seen = new Findings(new CanarySearch(planted));
    seen.files(files);
    return seen.all();
  }

  /** Where nothing may be: all that a running service tells. */
  public void pages(URI service) throws IOException, InterruptedException {
    check.pages(service);
  }

  /** Where nothing may be. */
  public void files(Path directory) throws IOException {
    check.files(directory);
  }

  /** No record may hold one, nor a study a true time, or a picture with a name in it. */
  public void topics(KafkaConnection connection) {
    check.topics(connection);
  }

  /** What was found where nothing may be. */
  public List<Leak> leaks() {
    return check.leaks();
  }
}
