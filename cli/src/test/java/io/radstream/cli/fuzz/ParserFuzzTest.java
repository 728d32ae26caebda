package io.radstream.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Properties of the long form: {@code radstream.fuzz.inputs} of each target, {@code
 * radstream.fuzz.from} which number, {@code radstream.fuzz.target} of which target (a pattern).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParserFuzzTest {

  private static final long FROM = Long.getLong("radstream.fuzz.from", 0);
  private static final long INPUTS = Long.getLong("radstream.fuzz.inputs", 120);
  private static final String TARGET = System.getProperty("radstream.fuzz.target", ".*");

  private final List<Target> targets = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    PictureTargets pictures = new PictureTargets();
    AccessTargets access = new AccessTargets(folder);
    KeyTargets keys = new KeyTargets(Files.createDirectories(folder.resolve("keys")));
    DeidentifyTarget deidentify = new DeidentifyTarget();
    MllpTarget mllp = new MllpTarget();
    opened.addAll(List.of(pictures, access, keys, deidentify, mllp));
    targets.addAll(pictures.all());
    targets.addAll(new ReportTargets(folder).all());
    targets.addAll(new StoreTargets(folder).all());
    targets.addAll(new MeaningTargets(folder).all());
    targets.addAll(access.all());
    targets.addAll(new RecordTargets().all());
    targets.addAll(keys.all());
    targets.addAll(new SiteTargets(folder).all());
    targets.addAll(new TableTargets(folder).all());
    targets.addAll(new PublicTargets(folder).all());
    targets.addAll(new ReadBackTargets(folder).all());
    targets.addAll(List.of(deidentify.target(), mllp.target()));
  }

  @AfterAll
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldRefuseWhatIsMalformedAndNothingElse() {
    return targets.stream()
        .filter(target -> target.name().matches(TARGET))
        .map(target -> DynamicTest.dynamicTest(target.name(), () -> fuzz(target)));
  }

  private static void fuzz(Target target) throws InterruptedException {
    try (LogWatch log = new LogWatch()) {
      FuzzRun.Outcome outcome = new FuzzRun(target, log).run(FROM, FROM + INPUTS);
      System.out.println(outcome.text());
      assertThat(outcome.failures()).isEmpty();
    }
  }
}
