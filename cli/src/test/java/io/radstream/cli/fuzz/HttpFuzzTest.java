package io.radstream.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.radstream.cli.bench.BenchModel;
import io.radstream.cli.fuzz.HttpTalk.Answer;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Malformed requests to a real service. Properties of the long form: {@code radstream.fuzz.bodies},
 * {@code radstream.fuzz.requests}, {@code radstream.fuzz.from}, {@code radstream.fuzz.target}:
 * which kinds of bodies and queries, or whether {@code request}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpFuzzTest {

  private static final long FROM = Long.getLong("radstream.fuzz.from", 0);
  private static final long BODIES = Long.getLong("radstream.fuzz.bodies", 3_000);
  private static final long REQUESTS = Long.getLong("radstream.fuzz.requests", 1_500);
  private static final String TARGET = System.getProperty("radstream.fuzz.target", ".*");
  private static final int CLIENTS = 4;
  private static final int VOCABULARY = 100;
  private static final int SIDE = 48;
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;

  /** In ms: to a whole request an answer comes in the end; one that is cut off has none. */
  private static final int WHOLE = 30_000;

  private static final int CUT_OFF = 30;
  private static final long MOST_GROWTH = 48L << 20;

  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Map<Integer, AtomicLong> statuses = Collections.synchronizedMap(new TreeMap<>());
  private HttpSeeds seeds;
  private AskedSeeds asked;
  private FedService service;

  @BeforeAll
  void start() throws IOException {
    TorchEngine.start(1);
    BenchModel model =
        BenchModel.unlearned(
            ModelPreset.TINY.config(VOCABULARY), ComputeDevice.best(), Precision.FLOAT32);
    byte[] picture = ImageEncoder.png(new GrayImage(SIDE, SIDE, new byte[SIDE * SIDE]));
    service = new FedService(model, picture);
    seeds = new HttpSeeds(picture);
    asked = new AskedSeeds(picture);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void shouldAnswerMalformedBodiesAndQueriesWithWhatIsWrong() throws Exception {
    List<SpoiledRequest> requests =
        Stream.concat(seeds.all().stream(), asked.all().stream())
            .filter(it -> it.target().matches(TARGET))
            .toList();
    assumeThat(requests).isNotEmpty();
    List<Mutator> mutators = requests.stream().map(SpoiledRequest::mutator).toList();

    throwAt(
        BODIES,
        (talk, number) -> {
          int which = (int) (number % requests.size());
          String target = requests.get(which).target();
          byte[] part = mutators.get(which).input(number);
          Answer answer = talk.ask(requests.get(which).request(part), WHOLE);
          judge("%s %d".formatted(target, number), answer);
          if (answer.status() <= 0) {
            failures.add("%s %d has no answer".formatted(target, number));
          }
        });
  }

  @Test
  void shouldAnswerWhatIsGood() throws IOException {
    for (SpoiledRequest request : asked.all()) {
      for (byte[] part : request.seeds()) {
        try (HttpTalk talk = new HttpTalk(service.port())) {
          Answer answer = talk.ask(request.request(part), WHOLE);

          assertThat(answer.status()).as("%s: %s", request.target(), answer.body()).isEqualTo(OK);
        }
      }
    }
  }

  @Test
  void shouldAnswerMalformedRequestsWithWhatIsWrongOrNotAtAll() throws Exception {
    assumeThat("request").matches(TARGET);
    Mutator mutator =
        new Mutator(
            "request",
            Stream.concat(seeds.whole().stream(), asked.whole().stream()).toList(),
            seeds.words().stream().map(Json::bytes).toList());

    throwAt(
        REQUESTS,
        (talk, number) -> {
          judge("request " + number, talk.ask(mutator.input(number), CUT_OFF));
          talk.close();
        });
  }

  @FunctionalInterface
  private interface Throw {
    void at(HttpTalk talk, long number) throws IOException;
  }

  private void throwAt(long count, Throw what) throws InterruptedException, IOException {
    try (LogWatch log = new LogWatch()) {
      round(FROM, FROM + Math.max(CLIENTS, count / 10), what);
      Set<String> threads = threads();
      long heap = heap();
      round(FROM + Math.max(CLIENTS, count / 10), FROM + count, what);

      log.drain().forEach(this::requireSilent);
      long grown = heap() - heap;
      System.out.printf(
          Locale.ROOT, "%,d requests: %s; heap grew by %,d KiB%n", count, statuses, grown >> 10);
      assertThat(failures).isEmpty();
      assertThat(threads()).isSubsetOf(threads);
      assertThat(grown).isLessThan(MOST_GROWTH);
      HttpSeeds.Endpoint good = seeds.all().get(0);
      try (HttpTalk talk = new HttpTalk(service.port())) {
        assertThat(talk.ask(good.request(good.body()), WHOLE).status()).isEqualTo(OK);
      }
    }
  }

  private void round(long from, long to, Throw what) throws InterruptedException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    AtomicLong next = new AtomicLong(from);
    for (int i = 0; i < CLIENTS; i++) {
      clients.execute(
          () -> {
            try (HttpTalk talk = new HttpTalk(service.port())) {
              for (long n = next.getAndIncrement(); n < to; n = next.getAndIncrement()) {
                what.at(talk, n);
              }
            } catch (IOException | RuntimeException e) {
              failures.add("the service does not answer any more: " + e);
            }
          });
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(10, TimeUnit.HOURS)).isTrue();
  }

  private void judge(String what, Answer answer) {
    statuses.computeIfAbsent(answer.status(), unknown -> new AtomicLong()).incrementAndGet();
    if (answer.status() >= SERVER_ERROR && !isOtherVersion(answer)) {
      failures.add("%s: %d %s".formatted(what, answer.status(), answer.body()));
    }
    if (answer.status() >= 400 && !answer.body().isEmpty() && !answer.type().contains("json")) {
      failures.add("%s: %d is no problem of ours: %s".formatted(what, answer.status(), answer));
    }
    if (answer.status() >= 400 && tells(answer.body())) {
      failures.add("%s tells content: %s".formatted(what, answer.body()));
    }
  }

  /** Of HTTP: Vert.x itself says that it does not speak it. */
  private static boolean isOtherVersion(Answer answer) {
    return answer.status() == NOT_IMPLEMENTED && answer.body().isEmpty();
  }

  private void requireSilent(String line) {
    if (tells(line)) {
      failures.add("the log tells content: " + line);
    }
    if (line.contains("a request failed")) {
      failures.add(line);
    }
  }

  private static boolean tells(String text) {
    return text.toLowerCase(Locale.ROOT).contains(Target.CANARY.toLowerCase(Locale.ROOT));
  }

  /** Names without numbers, of those that a service keeps. */
  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      // Vert.x's own pool begins whenever the first work for it comes.
      if (!name.startsWith("pool-") && !name.startsWith("vert.x-worker-thread-")) {
        names.add(name.replaceAll("[0-9]+", "N"));
      }
    }
    return names;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
