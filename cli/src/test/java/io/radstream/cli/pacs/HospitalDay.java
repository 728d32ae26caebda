package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.phi.Hl7Text;
import io.radstream.cli.phi.PlantedHospital;
import io.radstream.cli.phi.PlantedHospital.Examination;
import io.radstream.cli.phi.ReportSystem;
import io.radstream.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * A day of a hospital: images into the archive, reports over MLLP, with a source of each kind and a
 * stage behind them. Each of the three is killed once while it works.
 */
final class HospitalDay implements AutoCloseable {

  static final int MLLP_PORT = 12575;

  /** Stands in the corrected report alone. */
  static final String CORRECTED = "Cavity in the apex.";

  /** Stands in what was there before. */
  static final String MISTAKEN = "Fracture of a rib.";

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String ACCEPTED = "AA";
  private static final String REJECTED = "AR";

  private final Installed radstream;
  private final Topics topics;
  private final Dcmtk modality;
  private final ReportSystem reports;
  private final PlantedHospital hospital;
  private final Caseload cases;
  private final Path directory;
  private final Orthanc orthanc;
  private TrainerProcess images;
  private TrainerProcess messages;
  private TrainerProcess stage;

  /**
   * @param directory of Radstream's files; holds key and password
   */
  HospitalDay(
      Installed radstream,
      Topics topics,
      Dcmtk modality,
      Orthanc orthanc,
      ReportSystem reports,
      PlantedHospital hospital,
      Caseload cases,
      Path directory)
      throws IOException {
    this.radstream = radstream;
    this.topics = topics;
    this.modality = modality;
    this.orthanc = orthanc;
    this.reports = reports;
    this.hospital = hospital;
    this.cases = cases;
    this.directory = directory;
    this.images = dicomweb("--connections=1");
    this.messages = hl7();
  }

  Path tokenizer() {
    return directory.resolve("tokenizer.json");
  }

  /** Images of some studies, reports of the others: none is whole. */
  void morning() throws Exception {
    List<Examination> imaged = cases.imagesFirst();
    modality.store(Orthanc.DICOM_PORT, Caseload.files(imaged));
    int all = Caseload.files(imaged).size() - cases.burned().files().size();
    await(images, () -> topics.views().size() >= all / 4);
    images.kill();
    images = dicomweb();
    CompletableFuture<Void> sending = sending(finals(cases.reportFirst()));
    int half = cases.reportFirst().size() / 2;
    await(messages, () -> reports.waits().size() >= half);
    messages.kill();
    messages = hl7();
    sending.join();
    await(images, () -> topics.views().size() >= all);
    assertThat(topics.views()).as("what is sent is sent once").hasSize(all);
    radstream.run(
        List.of("tokenizer", "train", "--vocabulary=600", "--out=" + tokenizer(), "--json"));
  }

  /** The rest: every second study had its images first, the others their report. */
  void afternoon() throws Exception {
    stage = streams();
    List<Hl7Text> finals = finals(cases.imagesFirst().subList(0, cases.reportFirst().size()));
    send(finals.subList(0, finals.size() / 2));
    await(stage, () -> tuples() > 0);
    stage.kill();
    stage = streams();
    send(finals.subList(finals.size() / 2, finals.size()));
    assertThat(Installed.stop(images).path("complete").asBoolean()).isTrue();
    modality.store(Orthanc.DICOM_PORT, Caseload.files(cases.reportFirst()));
    images = dicomweb();
    await(images, () -> topics.views().size() >= cases.views() - cases.burned().files().size());
  }

  /** What makes a feed a feed. */
  void evening() throws Exception {
    Examination corrected = cases.corrected();
    send(List.of(hospital.report(cases.burned())));
    Hl7Text twice = hospital.report(cases.usual().get(4));
    send(List.of(twice, twice));
    assertThat(reports.send(hospital.report(cases.unread()).with("OBX", 5, "")))
        .isEqualTo(REJECTED);
    Hl7Text draft = hospital.report(cases.preliminary()).with("OBR", 25, "P").with("OBX", 11, "P");
    Hl7Text addendum =
        later(hospital.report(cases.added(), "See above."), 3).with("OBX", 3, "ADT^Addendum");
    Hl7Text correction =
        later(hospital.report(corrected, CORRECTED + ' ' + corrected.text()), 2)
            .with("OBR", 25, "C")
            .with("OBX", 11, "C");
    send(List.of(draft, addendum, hospital.merge(cases.survivor(), cases.former()), correction));
  }

  /** Whether all of it has come through the stage. */
  void awaitTuples(BooleanSupplier all) throws Exception {
    await(stage, all);
  }

  /** In good order. */
  void end() throws Exception {
    assertThat(Installed.stop(images).path("complete").asBoolean()).isTrue();
    JsonNode told = Installed.stop(messages);
    assertThat(told.path("complete").asBoolean()).as("%s", told).isTrue();
    assertThat(Installed.stop(stage).path("tuples").asLong()).isPositive();
  }

  private List<Hl7Text> finals(List<Examination> of) {
    List<Hl7Text> finals = new ArrayList<>();
    for (Examination each : of) {
      String text = each.equals(cases.corrected()) ? MISTAKEN + ' ' + each.text() : each.text();
      finals.add(hospital.report(each, text));
    }
    return finals;
  }

  private static Hl7Text later(Hl7Text report, int day) {
    return report.with("OBR", 22, "202601%02d120000".formatted(day));
  }

  private CompletableFuture<Void> sending(List<Hl7Text> all) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            send(all);
          } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
          }
        });
  }

  private void send(List<Hl7Text> all) throws IOException, InterruptedException {
    for (Hl7Text each : all) {
      assertThat(reports.send(each)).isEqualTo(ACCEPTED);
    }
  }

  private int tuples() {
    return topics.newest(Topic.TUPLES_TRAIN).size() + topics.newest(Topic.TUPLES_VALIDATION).size();
  }

  private static void await(TrainerProcess process, BooleanSupplier moment) throws Exception {
    assertThat(process.reaches(moment, LOOK)).as(process.said()).isTrue();
  }

  private TrainerProcess dicomweb(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "publish",
                "dicomweb",
                "--orthanc=" + orthanc.root(),
                "--poll=1s",
                "--user=" + Orthanc.USER,
                "--password-file=" + directory.resolve("password"),
                "--pseudonym-key-file=" + directory.resolve("key"),
                "--json"));
    words.addAll(List.of(more));
    return radstream.start(words);
  }

  private TrainerProcess hl7() throws IOException {
    return radstream.start(
        List.of(
            "publish",
            "hl7",
            "--port=" + MLLP_PORT,
            "--pseudonym-key-file=" + directory.resolve("key"),
            "--json"));
  }

  private TrainerProcess streams() throws IOException {
    return radstream.start(
        List.of(
            "streams",
            "--tokenizer=" + tokenizer(),
            "--validation-share=0.2",
            "--state-dir=" + Files.createDirectories(directory.resolve("state")),
            "--json"));
  }

  @Override
  public void close() {
    for (TrainerProcess process : new TrainerProcess[] {images, messages, stage}) {
      if (process != null) {
        process.close();
      }
    }
  }
}
