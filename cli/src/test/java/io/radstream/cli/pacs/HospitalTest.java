package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.cli.pacs.Topics.Placed;
import io.radstream.cli.phi.PlantedHospital;
import io.radstream.cli.phi.PlantedHospital.Examination;
import io.radstream.cli.phi.ReportSystem;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a real archive and a sender of HL7 to a checkpoint that has learned from their studies, with
 * nothing of a patient on the way. All commands are the built ones, in processes of their own.
 */
@EnabledIfSystemProperty(
    named = "radstream.pacs",
    matches = "true",
    disabledReason = "benchmarks/pacs runs it, where an Orthanc is installed")
class HospitalTest {

  private static final int STUDIES = Integer.getInteger("radstream.pacs.studies", 40);
  private static final String KEY = "the key of the hospital";
  private static final StudyNames NAMES = new StudyNames("");
  private static final Pseudonymizer PSEUDONYMS = Pseudonymizer.withKey(KEY);

  /** What is left of a failure tells why. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Figures figures = new Figures();
  private Path theirs;
  private Path ours;
  private EmbeddedCluster cluster;
  private Topics topics;
  private Installed radstream;
  private Orthanc orthanc;
  private PlantedHospital hospital;
  private Caseload cases;

  @BeforeEach
  void start() throws Exception {
    theirs = Files.createDirectory(directory.resolve("hospital"));
    ours = Files.createDirectory(directory.resolve("radstream"));
    hospital = new PlantedHospital(Files.createDirectory(theirs.resolve("files")));
    cases = Caseload.of(hospital, STUDIES);
    cluster =
        EmbeddedCluster.start(
            ClusterSettings.in(ours.resolve("cluster")), Distribution.ofThisProcess());
    topics = new Topics(cluster.connection());
    radstream = new Installed(cluster.connection(), Files.createDirectory(ours.resolve("logs")));
    orthanc = new Orthanc(Files.createDirectory(theirs.resolve("orthanc")));
    Files.writeString(ours.resolve("password"), Orthanc.PASSWORD);
    Files.writeString(ours.resolve("key"), KEY);
  }

  @AfterEach
  void stop() throws Exception {
    orthanc.close();
    cluster.close();
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void shouldLearnFromTheHospitalsStudiesAndTellNothingOfItsPatients() throws Exception {
    JsonNode trained;
    Tripwire search = new Tripwire(hospital, topics, PSEUDONYMS);
    try (Learning learning = new Learning(radstream, ours.resolve("checkpoints"))) {
      Instant last = feed();
      Instant whole = Instant.now();
      trained = learning.train(ours.resolve("tokenizer.json"));
      figures.seconds("from the last message to all tuples", Duration.between(last, whole));
      figures.seconds(
          "from the last message to the last checkpoint served",
          Duration.between(last, Instant.now()));
      figures.seconds("of these, steps and validation", seconds(trained));
      search.pages(Learning.root());
      learning.end();
    }

    requireSentOnce();
    requireTuplesOfTheirStudies();
    requireLearned(trained);
    requireLineage(trained);
    writeReport(trained);
    search.requireNothing(theirs, ours, figures);
    System.err.print(figures);
  }

  /** Returns the moment at which the last message was answered. */
  private Instant feed() throws Exception {
    Instant began = Instant.now();
    Path messages = Files.createDirectory(theirs.resolve("messages"));
    Dcmtk modality = new Dcmtk(Files.createDirectory(theirs.resolve("dcmtk")));
    try (ReportSystem reports = new ReportSystem(HospitalDay.MLLP_PORT, messages);
        HospitalDay day =
            new HospitalDay(radstream, topics, modality, orthanc, reports, hospital, cases, ours)) {
      day.morning();
      day.afternoon();
      day.evening();
      Instant last = Instant.now();
      day.awaitTuples(this::allIsThere);
      day.end();
      measure(began, last, reports.waits());
      return last;
    }
  }

  private void measure(Instant began, Instant last, List<Duration> waits) {
    figures.add("studies, views", "%d, %d", STUDIES + 3, cases.views());
    figures.add("messages of HL7", "%d", waits.size());
    figures.seconds("from the first image to the last message", Duration.between(began, last));
    List<Long> times = topics.timesOfViews();
    int late = Caseload.files(cases.reportFirst()).size();
    figures.rate(
        "views from Orthanc to the broker", times.subList(times.size() - late, times.size()));
    figures.spread("from a message to its AA", waits);
  }

  private boolean allIsThere() {
    Map<String, Placed> train = topics.newest(Topic.TUPLES_TRAIN);
    Map<String, Placed> validation = topics.newest(Topic.TUPLES_VALIDATION);
    Set<String> studies = new HashSet<>(train.keySet());
    studies.addAll(validation.keySet());
    Placed former = train.get(study(cases.former()));
    Placed corrected = train.get(study(cases.corrected()));
    return studies.equals(usual())
        && merged(former, train.get(study(cases.survivor())))
        && corrected != null
        && corrected.tuple().getRevision() > 1;
  }

  private static boolean merged(Placed former, Placed survivor) {
    return former != null
        && survivor != null
        && former.tuple().getPatientId().equals(survivor.tuple().getPatientId());
  }

  /** Though sources were killed, and a message came twice. */
  private void requireSentOnce() {
    assertThat(topics.views())
        .extracting(View::getViewId)
        .hasSize(cases.views() - cases.burned().files().size())
        .doesNotHaveDuplicates();
    long reports = topics.studies().stream().filter(it -> it.getReport() != null).count();
    // Final ones, and: of the burned study, one written anew, preliminary, addendum, correction.
    assertThat(reports).isEqualTo(STUDIES + 5L);
  }

  /** Each on one side, by its last report, and none that is not to be learned from. */
  private void requireTuplesOfTheirStudies() throws Exception {
    Map<String, Placed> train = topics.newest(Topic.TUPLES_TRAIN);
    Map<String, Placed> validation = topics.newest(Topic.TUPLES_VALIDATION);
    assertThat(train.keySet()).doesNotContainAnyElementsOf(validation.keySet());
    assertThat(validation).isNotEmpty();
    Set<String> both = new TreeSet<>(train.keySet());
    both.addAll(validation.keySet());
    assertThat(both).containsExactlyInAnyOrderElementsOf(usual());
    figures.add("tuples to learn from, to validate", "%d, %d", train.size(), validation.size());
    String text = text(train.get(study(cases.corrected())));
    assertThat(text).contains("cavity in the apex").doesNotContain("fracture of a rib");
    assertThat(text(train.get(study(cases.added())))).doesNotContain("see above");
  }

  private String text(Placed placed) throws Exception {
    try (ReportTokenizer tokenizer = ReportTokenizer.load(ours.resolve("tokenizer.json"))) {
      int[] ids = placed.tuple().getTokens().stream().mapToInt(Integer::intValue).toArray();
      return tokenizer.decode(ids).toLowerCase(Locale.ROOT);
    }
  }

  private void requireLearned(JsonNode trained) {
    LearnedSteps steps =
        LearnedSteps.of(cluster.connection(), topics.newest(Topic.TUPLES_TRAIN).values());
    assertThat(steps.notNewest()).as("reads of what is not the last revision").isZero();
    assertThat(steps.repeatedInAnEpoch()).as("studies read twice in an epoch").isZero();
    assertThat(steps.studies()).isEqualTo(topics.newest(Topic.TUPLES_TRAIN).keySet());
    assertThat(steps.lastLoss()).isLessThan(steps.firstLoss());
    assertThat(trained.path("validation_studies").asInt()).isPositive();
    figures.add(
        "loss, first and last quarter of %d steps".formatted(steps.count()),
        "%.2f, %.2f",
        steps.firstLoss(),
        steps.lastLoss());
  }

  /** What the command says of a study that was learned from, of one held out, of one refused. */
  private void requireLineage(JsonNode trained) throws Exception {
    JsonNode corrected = lineage(cases.corrected());
    assertThat(corrected.path("runs").findValuesAsText("run_id"))
        .containsExactly(trained.path("run_id").asText());
    assertThat(corrected.path("checkpoints").findValuesAsText("checkpoint_id"))
        .contains(trained.path("checkpoint_id").asText());
    Set<String> validation = topics.newest(Topic.TUPLES_VALIDATION).keySet();
    Examination heldOut =
        cases.usual().stream().filter(it -> validation.contains(study(it))).findFirst().get();
    assertThat(lineage(heldOut).path("runs")).isEmpty();
    assertThat(lineage(cases.burned()).path("tuples").asInt()).isZero();
  }

  private JsonNode lineage(Examination of) throws Exception {
    return Installed.summary(
        radstream.run(
            List.of(
                "lineage",
                "--accession=" + of.accession(),
                "--pseudonym-key-file=" + ours.resolve("key"),
                "--json")));
  }

  private void writeReport(JsonNode trained) throws Exception {
    Path image = ours.resolve("view.png");
    Files.write(image, ImageEncoder.png(new PhantomGenerator().study(1, 0).views().get(0).image()));
    Path checkpoint =
        ours.resolve("checkpoints")
            .resolve(Learning.LINE)
            .resolve("%09d".formatted(trained.path("step").asLong()));
    radstream.run(List.of("report", "--checkpoint=" + checkpoint, image.toString()));
  }

  private Set<String> usual() {
    Set<String> studies = new HashSet<>();
    cases.usual().forEach(each -> studies.add(study(each)));
    return studies;
  }

  private static String study(Examination of) {
    try {
      return PSEUDONYMS.study(NAMES.study(of.accession(), ""));
    } catch (RefusedStudyException e) {
      throw new AssertionError(e);
    }
  }

  private static Duration seconds(JsonNode trained) {
    return Duration.ofMillis(Math.round(1e3 * trained.path("seconds").asDouble()));
  }
}
