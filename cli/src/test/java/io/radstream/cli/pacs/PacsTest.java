package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.demo.TrainerProcess;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Study;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A real archive, from the modality's end to the topic. */
@EnabledIfSystemProperty(
    named = "radstream.pacs",
    matches = "true",
    disabledReason = "benchmarks/pacs runs it, where an Orthanc is installed")
class PacsTest {

  private static final int STUDIES = Integer.getInteger("radstream.pacs.studies", 40);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final List<String> JVM =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /** Of a Java that tidied up after SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  private static final String KEY = "the key of the benchmark";

  @TempDir private Path directory;
  private EmbeddedCluster cluster;
  private Orthanc orthanc;
  private Dcmtk dcmtk;
  private final Map<Radiograph, Path> files = new LinkedHashMap<>();
  private int lives;

  @BeforeEach
  void start() throws Exception {
    cluster =
        EmbeddedCluster.start(
            ClusterSettings.in(directory.resolve("cluster")), Distribution.ofThisProcess());
    orthanc = new Orthanc(Files.createDirectory(directory.resolve("orthanc")));
    dcmtk = new Dcmtk(Files.createDirectory(directory.resolve("dcmtk")));
    String today = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now(ZoneOffset.UTC));
    for (Radiograph each : Radiograph.ofPhantoms(STUDIES, today)) {
      files.put(each, dcmtk.write(each));
    }
    Files.writeString(directory.resolve("password"), Orthanc.PASSWORD);
    Files.writeString(directory.resolve("key"), KEY);
  }

  @AfterEach
  void stop() throws Exception {
    orthanc.close();
    cluster.close();
  }

  @Test
  void shouldPublishEachRadiographOnceWhateverHappensOnTheWay() throws Exception {
    KafkaConnection topics = topics("changes.");
    List<Path> all = List.copyOf(files.values());
    int late = all.size() - 2;
    dcmtk.store(Orthanc.DICOM_PORT, all.subList(0, late));
    killHalfWay(topics, late);
    try (TrainerProcess publisher = publish(topics, List.of("--orthanc", orthanc.root() + "/"))) {
      await(publisher, topics, late);
      dcmtk.store(Orthanc.DICOM_PORT, all.subList(late, all.size()));
      await(publisher, topics, all.size());
      requireTheSamePictures(topics, Map.of());
      Radiograph corrected = files.keySet().iterator().next();
      long moved =
          files.keySet().stream().filter(it -> it.study().equals(corrected.study())).count();

      orthanc.correctAccession(corrected.study(), "CORRECTED");

      await(publisher, topics, all.size() + (int) moved);
      requireMoved(topics, corrected, (int) moved);
      requireTheSamePictures(topics, Map.of(corrected.study(), "CORRECTED"));
      ProcessHandle.of(publisher.pid()).orElseThrow().destroy();
      assertThat(publisher.exitCode()).as(publisher.said()).isEqualTo(TERMINATED);
      assertThat(publisher.said()).contains("Sent ", "\"complete\":true");
      say(
          "%d radiographs of %d studies, each once; %d moved with their study, each once"
              .formatted(all.size(), STUDIES, moved));
    }
  }

  @Test
  void shouldPublishTheSameByDate() throws Exception {
    KafkaConnection topics = topics("dates.");
    List<Path> all = List.copyOf(files.values());
    dcmtk.store(Orthanc.DICOM_PORT, all);
    List<String> once = List.of("--url", orthanc.root() + "/dicom-web", "--once");
    for (int run = 0; run < 2; run++) {
      try (TrainerProcess publisher = publish(topics, once)) {
        assertThat(publisher.exitCode()).as(publisher.said()).isZero();
      }
    }

    assertThat(views(topics)).hasSize(all.size());
    requireTheSamePictures(topics, Map.of());
    say("by date: %d radiographs, each once in two runs".formatted(all.size()));
  }

  private KafkaConnection topics(String prefix) throws Exception {
    KafkaConnection connection = cluster.connection();
    KafkaConnection own =
        new KafkaConnection(connection.bootstrap(), connection.registry(), new TopicNames(prefix));
    new TopicSetup(own).create(2);
    return own;
  }

  private TrainerProcess publish(KafkaConnection topics, List<String> which) throws Exception {
    List<String> words = new ArrayList<>(List.of("publish", "dicomweb"));
    words.addAll(which);
    words.addAll(List.of("--poll=1s", "--user", Orthanc.USER));
    words.addAll(List.of("--password-file", directory.resolve("password").toString()));
    words.addAll(List.of("--pseudonym-key-file", directory.resolve("key").toString()));
    words.addAll(List.of("--bootstrap", topics.bootstrap(), "--registry", topics.registry()));
    words.addAll(List.of("--topic-prefix", topics.topics().prefix(), "--json"));
    Path log = directory.resolve("publisher-" + ++lives + ".log");
    return TrainerProcess.start(
        TrainerProcess.command("io.radstream.cli.Radstream", JVM, words), log);
  }

  private void killHalfWay(KafkaConnection topics, int all) throws Exception {
    try (TrainerProcess publisher =
        publish(topics, List.of("--connections=1", "--orthanc", orthanc.root().toString()))) {
      assertThat(publisher.reaches(() -> views(topics).size() >= all / 4, LOOK))
          .as(publisher.said())
          .isTrue();
      publisher.kill();
    }
    say("killed after %d of %d radiographs".formatted(views(topics).size(), all));
  }

  private static void await(TrainerProcess publisher, KafkaConnection topics, int sent)
      throws Exception {
    boolean there = publisher.reaches(() -> views(topics).size() >= sent, LOOK);
    assertThat(there).as(publisher.said()).isTrue();
    assertThat(views(topics)).as("what is sent is sent once").hasSize(sent);
  }

  private void requireMoved(KafkaConnection topics, Radiograph corrected, int moved)
      throws Exception {
    String before = pseudonym(corrected.accession());
    List<String> retracted = new ArrayList<>();
    for (Study part : studies(topics)) {
      if (part.getStudyId().equals(before) && part.getCorrection() != null) {
        retracted.addAll(part.getCorrection().getRetractedViews());
      }
    }
    assertThat(retracted).hasSize(moved).doesNotHaveDuplicates();
  }

  /** Each study has the pictures that dcmtk renders, within one gray level, and no others. */
  private void requireTheSamePictures(KafkaConnection topics, Map<String, String> accessions)
      throws Exception {
    Map<String, Map<String, GrayImage>> published = new LinkedHashMap<>();
    for (Study part : studies(topics)) {
      Map<String, GrayImage> images =
          published.computeIfAbsent(part.getStudyId(), id -> new LinkedHashMap<>());
      if (part.getCorrection() != null) {
        images.keySet().removeAll(part.getCorrection().getRetractedViews());
      }
      for (View view : part.getViews()) {
        images.put(view.getViewId(), decode(view));
      }
    }
    for (Map.Entry<Radiograph, Path> each : files.entrySet()) {
      Radiograph radiograph = each.getKey();
      String accession = accessions.getOrDefault(radiograph.study(), radiograph.accession());
      GrayImage expected = dcmtk.render(each.getValue());
      Map<String, GrayImage> images = published.get(pseudonym(accession));
      Optional<String> same =
          images.keySet().stream()
              .filter(id -> difference(images.get(id), expected) <= 1)
              .findFirst();
      assertThat(same).as("picture of %s", radiograph.instance()).isPresent();
      images.remove(same.get());
    }
    assertThat(published.values()).allMatch(Map::isEmpty);
  }

  private static String pseudonym(String accession) throws Exception {
    return Pseudonymizer.withKey(KEY).study(new StudyNames("").study(accession, ""));
  }

  private static GrayImage decode(View view) throws Exception {
    ByteBuffer pixels = view.getPixels().duplicate();
    byte[] bytes = new byte[pixels.remaining()];
    pixels.get(bytes);
    return new ImageDecoder().decode(bytes);
  }

  private static int difference(GrayImage a, GrayImage b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      return Integer.MAX_VALUE;
    }
    int most = 0;
    for (int i = 0; i < a.pixels().length; i++) {
      most = Math.max(most, Math.abs((a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF)));
    }
    return most;
  }

  private static List<View> views(KafkaConnection topics) {
    return new Topics(topics).views();
  }

  private static List<Study> studies(KafkaConnection topics) {
    return new Topics(topics).studies();
  }

  private static void say(String text) {
    System.err.println("pacs: " + text);
  }
}
