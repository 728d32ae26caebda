package io.radstream.producers.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ChangeFeedTest {

  private final TestObject first = TestObject.of(1, 1);
  private final TestObject second = TestObject.of(1, 2);
  private final TestObject other = TestObject.of(2, 1);
  private TestArchive archive;
  private TestSink sink;

  @BeforeEach
  void start() throws Exception {
    archive = new TestArchive();
    sink = new TestSink();
  }

  @AfterEach
  void stop() {
    sink.close();
    archive.close();
  }

  @Test
  void shouldPublishWhatCameInItsOrder() {
    put(other, second, first, TestObject.of(3, 1));

    TestSettings.byChange(archive).run(sink);

    assertThat(sink.views())
        .containsExactly(
            other.instance(), second.instance(), first.instance(), TestObject.of(3, 1).instance());
  }

  @Test
  void shouldGoOnAfterTheLastChangeThatWasDealtWith() {
    put(first, second);
    TestSettings.byChange(archive).run(sink);
    sink = sink.restarted();
    put(other);
    archive.forgetRequests();

    TestSettings.byChange(archive).run(sink);

    assertThat(sink.views()).containsExactly(other.instance());
    assertThat(archive.asked("since=4")).isEqualTo(1);
    assertThat(archive.asked("/dicom-web/")).isEqualTo(1);
  }

  @Test
  void shouldMoveAnInstanceThatCameBackInAnotherStudy() {
    put(first);
    TestSettings.byChange(archive).run(sink);
    sink = sink.restarted();
    put(first.withAccession("A77").inStudy("1.2.826.0.77"));

    TestSettings.byChange(archive).run(sink);

    assertThat(sink.views()).containsExactly(first.instance());
    assertThat(sink.retracted()).hasSize(1);
  }

  @Test
  void shouldMoveAnInstanceOnceThatCameBackTwice() throws Exception {
    put(first);
    DicomWebSource source = TestSettings.byChange(archive).listening().source();
    CompletableFuture<Void> delivery = CompletableFuture.runAsync(() -> source.deliver(sink));
    sink.await(() -> sink.found().size() == 1);
    put(first.withAccession("A77"));
    put(first.withAccession("A78"));
    sink.await(() -> lastStudy().contains("A78"));

    source.close();
    assertThat(delivery).succeedsWithin(60, TimeUnit.SECONDS);
    assertThat(sink.found()).extracting(part -> part.study()).doesNotHaveDuplicates();
    assertThat(sink.retracted()).hasSize(sink.found().size() - 1);
  }

  @Test
  void shouldLeaveItsPlaceBeforeWhatFailed() {
    put(first, second, other);
    archive.instead(
        second.instance(),
        request -> TestArchive.json(request.response(), "text/html", "<html></html>"));
    TestSettings.byChange(archive).run(sink);
    sink = sink.restarted();
    archive.forgetRequests();

    TestSettings.byChange(archive).run(sink);

    assertThat(sink.views()).containsExactly(second.instance());
    assertThat(archive.asked("since=2")).isEqualTo(1);
  }

  @Test
  void shouldReadAListThatHasBegunAnew() {
    put(first, second, other);
    TestSettings.byChange(archive).run(sink);
    sink = sink.restarted();
    archive.forgetChanges();
    put(TestObject.of(3, 1));

    TestSettings.byChange(archive).run(sink);

    assertThat(sink.views()).containsExactly(TestObject.of(3, 1).instance());
  }

  @Test
  void shouldLeaveWhatIsNotWantedWhereItIs() {
    TestObject slice = second.inSeries(second.study() + ".9", "CT");
    put(first.at("20260101"), other, slice);

    TestSettings.byChange(archive).notOlderThan(Duration.ofDays(7)).run(sink);

    assertThat(sink.views()).containsExactly(other.instance());
    assertThat(archive.asked("/dicom-web/")).isEqualTo(1);
  }

  @Test
  void shouldPassOverWhatWasDeleted() {
    put(first, other);
    archive.remove(first);

    TestSettings.byChange(archive).run(sink);

    assertThat(sink.views()).containsExactly(other.instance());
    assertThat(sink.refused()).isEmpty();
  }

  @Test
  void shouldSayThatItIsNoOrthanc() {
    archive.instead(
        "/changes",
        request -> TestArchive.json(request.response(), "application/json", "{\"status\":\"ok\"}"));

    assertThatThrownBy(() -> TestSettings.byChange(archive).run(sink))
        .hasMessageContaining("is it an Orthanc?");
  }

  private String lastStudy() {
    List<String> studies = sink.found().stream().map(part -> part.study()).toList();
    return studies.get(studies.size() - 1);
  }

  private void put(TestObject... objects) {
    for (TestObject object : objects) {
      archive.put(object);
    }
  }
}
