package io.radstream.producers.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.SourceItem.Refused;
import io.radstream.producers.publish.StudyPart;
import io.radstream.schemas.RejectionReason;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(120)
class DicomWebSourceTest {

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
  void stop() throws Exception {
    sink.close();
    archive.close();
  }

  @Test
  void shouldPublishEachRadiographAsAPartOfItsStudy() throws Exception {
    put(first, second, other);

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(first.instance(), second.instance(), other.instance());
    List<StudyPart> parts = sink.found();
    assertThat(parts.get(0).study()).isEqualTo(parts.get(1).study());
    assertThat(parts.get(0).study()).isNotEqualTo(parts.get(2).study());
    assertThat(TestSink.picture(parts.get(1)).width()).isEqualTo(second.side());
  }

  @Test
  void shouldAskForNothingThatWasSeenBeforeARestart() {
    put(first, second, other);
    TestSettings.of(archive).run(sink);
    sink = sink.restarted();
    archive.forgetRequests();

    TestSettings.of(archive).run(sink);

    assertThat(sink.found()).isEmpty();
    assertThat(archive.asked("/series")).isZero();
  }

  @Test
  void shouldFetchOnlyWhatIsNewOfAStudyThatGrew() {
    put(first, other);
    TestSettings.of(archive).run(sink);
    sink = sink.restarted();
    put(second);
    archive.forgetRequests();

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(second.instance());
    assertThat(archive.asked("/instances/")).isEqualTo(1);
  }

  @Test
  void shouldMoveAStudyWhoseAccessionNumberWasCorrected() {
    put(first, second);
    TestSettings.of(archive).run(sink);
    String before = sink.found().get(0).study();
    sink = sink.restarted();
    put(first.withAccession("A77"), second.withAccession("A77"));

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(first.instance(), second.instance());
    assertThat(sink.found().get(0).study()).isNotEqualTo(before);
    assertThat(sink.retracted()).hasSize(2).allMatch(it -> it.viewIds().size() == 1);
  }

  @Test
  void shouldLeaveOtherModalitiesWhereTheyAre() {
    TestObject slice = second.inSeries(second.study() + ".9", "CT");
    put(first, slice);

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(first.instance());
    assertThat(archive.asked(slice.series())).isZero();
  }

  @Test
  void shouldLeaveOldStudiesWhereTheyAre() {
    put(first.at("20260227"), other.at("20260301"));

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(other.instance());
  }

  @Test
  void shouldReadEveryPage() {
    IntStream.rangeClosed(1, 8).forEach(study -> put(TestObject.of(study, 1)));

    TestSettings.of(archive).run(sink);

    assertThat(sink.found()).hasSize(8);
  }

  @Test
  void shouldEndAListWhosePagesAreAllTheSame() {
    put(first);
    String page = "[{\"0020000D\":{\"Value\":[\"%s\"]}}]".formatted(first.study());
    archive.instead("studies?", 100, json(page));

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(first.instance());
    assertThat(archive.asked("studies?")).isLessThan(10);
  }

  @Test
  void shouldRefuseAListWithoutAnEnd() {
    int[] count = new int[1];
    archive.instead(
        "studies?",
        100_000,
        request -> {
          count[0]++;
          json("[{\"0020000D\":{\"Value\":[\"1.%d\"]}}]".formatted(count[0])).handle(request);
        });

    assertThatThrownBy(() -> TestSettings.of(archive).run(sink))
        .hasMessageContaining("more than 50 entries");
  }

  @Test
  void shouldNotPutIntoAnAddressWhatIsNoUid() {
    archive.instead("studies?", json("[{\"0020000D\":{\"Value\":[\"../../system?x=\"]}}]"));

    TestSettings.of(archive).run(sink);

    assertThat(archive.asked("system")).isZero();
  }

  @Test
  void shouldPassOverWhatVanished() {
    put(first, second);
    archive.instead(first.instance(), request -> request.response().setStatusCode(404).end());

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(second.instance());
    assertThat(sink.refused()).isEmpty();
  }

  @Test
  void shouldGoOnPastABadObjectAndTryItInTheNextRun() {
    put(first, second, other);
    archive.instead(first.instance(), html());

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(second.instance(), other.instance());
    assertThat(explanations())
        .singleElement()
        .asString()
        .contains("no DICOM object", "left to the next run after try 1 of 10");
    sink = sink.restarted();
    TestSettings.of(archive).run(sink);
    assertThat(sink.views()).containsExactly(first.instance());
  }

  @Test
  void shouldSetAsideWhatFailsEachTime() {
    put(first, second);
    archive.instead(first.instance(), 100, html());
    IntStream.range(1, Failures.TRIES).forEach(run -> TestSettings.of(archive).run(sink));

    TestSettings.of(archive).run(sink);

    assertThat(explanations()).last().asString().contains("set aside after try 10 of 10");
    assertThat(sink.refusedFrom())
        .last()
        .isEqualTo(new Origin("/studies/" + first.study(), "127.0.0.1"));
    archive.forgetRequests();
    TestSettings.of(archive).run(sink);
    assertThat(archive.asked("/instances/")).isZero();
    assertThat(sink.refused()).hasSize(Failures.TRIES);
    assertThat(sink.views()).containsExactly(second.instance());
  }

  @Test
  void shouldLookAgainAtWhatWasSetAside() {
    put(first, second);
    archive.instead(first.instance(), Failures.TRIES, html());
    IntStream.rangeClosed(1, Failures.TRIES).forEach(run -> TestSettings.of(archive).run(sink));

    TestSettings.of(archive).lookingAgain().run(sink);

    assertThat(sink.views()).containsExactly(second.instance(), first.instance());
  }

  @Test
  void shouldAskAgainWhereAnAnswerBreaksOff() {
    put(first);
    archive.instead(
        first.instance(),
        request -> {
          request.response().putHeader("Content-Type", TestArchive.contentType());
          request.response().setChunked(true).write(TestArchive.head());
          request.connection().close();
        });

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(first.instance());
    assertThat(archive.asked("/instances/")).isEqualTo(2);
  }

  @Test
  void shouldNotTakeAnObjectThatIsNotWhole() {
    put(first, second);
    archive.instead(
        first.instance(),
        3,
        request ->
            request
                .response()
                .putHeader("Content-Type", TestArchive.contentType())
                .end(TestArchive.head() + "DICM without an end"));

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(second.instance());
    assertThat(explanations()).singleElement().asString().contains("broke off");
  }

  @Test
  void shouldRefuseAnObjectWithoutAnEnd() {
    put(first, second);
    archive.instead(first.instance(), endless());

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(second.instance());
    assertThat(sink.refused())
        .singleElement()
        .extracting(Refused::reason)
        .isEqualTo(RejectionReason.OVERSIZED);
  }

  @Test
  void shouldGiveUpAnAnswerThatTrickles() {
    put(first, second);
    archive.instead(first.instance(), silence(new CountDownLatch(1)));

    TestSettings.of(archive).waiting(Duration.ofSeconds(1)).run(sink);

    assertThat(sink.views()).containsExactly(second.instance());
    assertThat(explanations()).singleElement().asString().contains("not whole after 1 s");
  }

  @Test
  void shouldNotTakeAnotherObjectThanItAskedFor() {
    put(first);
    archive.instead(
        first.instance(), request -> TestArchive.multipart(request.response(), other.file()));

    TestSettings.of(archive).run(sink);

    assertThat(sink.found()).isEmpty();
    assertThat(explanations()).singleElement().asString().contains("another object");
  }

  @Test
  void shouldNotFetchAgainWhatWasRefused() {
    put(first);
    byte[] noDicom = "no DICOM at all".getBytes(StandardCharsets.US_ASCII);
    archive.instead(
        first.instance(), request -> TestArchive.multipart(request.response(), noDicom));
    TestSettings.of(archive).run(sink);
    archive.forgetRequests();

    TestSettings.of(archive).run(sink);

    assertThat(sink.refused()).hasSize(1);
    assertThat(archive.asked("/instances/")).isZero();
  }

  @Test
  void shouldSendAgainWhatTheClusterDidNotTake() {
    put(first, second);
    sink.fail();
    TestSettings.of(archive).run(sink);
    sink = sink.restarted();

    TestSettings.of(archive).run(sink);

    assertThat(sink.views()).containsExactly(first.instance(), second.instance());
  }

  @Test
  void shouldSayThatCredentialsAreNotTaken() {
    archive.instead("studies", 100, request -> request.response().setStatusCode(401).end());

    assertThatThrownBy(() -> TestSettings.of(archive).listening().run(sink))
        .hasMessageContaining("HTTP 401")
        .hasMessageContaining("credentials");
  }

  @Test
  void shouldNotFollowARedirect() {
    put(first);
    archive.instead(
        "studies",
        100,
        request ->
            request.response().setStatusCode(302).putHeader("Location", request.uri()).end());

    assertThatThrownBy(() -> TestSettings.of(archive).run(sink))
        .hasMessageContaining("the address it redirects to");
    assertThat(archive.asked("studies")).isEqualTo(1);
  }

  @Test
  void shouldSayThatTheAddressLeadsElsewhere() {
    archive.instead("studies", html());

    assertThatThrownBy(() -> TestSettings.of(archive).run(sink)).hasMessageContaining("no JSON");
  }

  @Test
  void shouldTakeWhatComesUntilItIsClosed() throws Exception {
    put(first);
    DicomWebSource source = TestSettings.of(archive).listening().source();
    CompletableFuture<Void> delivery = CompletableFuture.runAsync(() -> source.deliver(sink));
    sink.await(() -> sink.views().equals(List.of(first.instance())));
    archive.instead("studies", 20, request -> request.response().setStatusCode(503).end());
    put(second);
    sink.await(() -> sink.views().equals(List.of(first.instance(), second.instance())));

    source.close();

    delivery.get(60, TimeUnit.SECONDS);
    assertThat(sink.refused()).isEmpty();
  }

  @Test
  void shouldEndAtOnceWhileAnAnswerIsAwaited() throws Exception {
    put(first, other);
    CountDownLatch asked = new CountDownLatch(1);
    archive.instead(other.instance(), silence(asked));
    DicomWebSource source = TestSettings.of(archive).listening().source();
    CompletableFuture<Void> delivery = CompletableFuture.runAsync(() -> source.deliver(sink));
    sink.await(() -> !sink.views().isEmpty());
    asked.await();

    source.close();

    delivery.get(20, TimeUnit.SECONDS);
    assertThat(sink.views()).containsExactly(first.instance());
    sink = sink.restarted();
    TestSettings.of(archive).run(sink);
    assertThat(sink.views()).containsExactly(other.instance());
  }

  @Test
  void shouldRememberNothingThatIdentifiesAPatient() {
    put(first.withAccession("SECRET7"));

    TestSettings.of(archive).run(sink);

    assertThat(sink.memory().values())
        .isNotEmpty()
        .noneMatch(it -> it.contains("SECRET7") || it.contains(first.study()));
  }

  @Test
  void shouldLogNothingThatIdentifiesAPatient() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    put(first, second);
    archive.instead(first.instance(), html());
    DicomWebSource source = TestSettings.of(archive).listening().source();
    CompletableFuture<Void> delivery = CompletableFuture.runAsync(() -> source.deliver(sink));

    sink.await(() -> sink.views().size() == 2);

    source.close();
    delivery.get(60, TimeUnit.SECONDS);
    root.detachAppender(log);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(it -> it.contains("try 1 of 10"))
        .hasSize(1);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(it -> it.contains(first.study()) || it.contains("/studies"));
  }

  private void put(TestObject... objects) {
    for (TestObject object : objects) {
      archive.put(object);
    }
  }

  private List<String> explanations() {
    return new ArrayList<>(sink.refused().stream().map(Refused::explanation).toList());
  }

  private static Handler<HttpServerRequest> json(String text) {
    return request -> TestArchive.json(request.response(), "application/dicom+json", text);
  }

  private static Handler<HttpServerRequest> html() {
    return request ->
        TestArchive.json(request.response(), "text/html", "<html>Please log in</html>");
  }

  private static Handler<HttpServerRequest> endless() {
    return request -> {
      request.response().putHeader("Content-Type", TestArchive.contentType()).setChunked(true);
      request.response().write(TestArchive.head());
      pour(request);
    };
  }

  private static void pour(HttpServerRequest request) {
    if (!request.response().closed()) {
      request
          .response()
          .write(new String(new char[100_000]).replace('\0', 'x'))
          .onSuccess(done -> pour(request));
    }
  }

  /** A head, and then nothing. */
  private static Handler<HttpServerRequest> silence(CountDownLatch asked) {
    return request -> {
      request.response().putHeader("Content-Type", TestArchive.contentType()).setChunked(true);
      request.response().write(TestArchive.head());
      asked.countDown();
    };
  }
}
