package io.radstream.producers.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.radstream.producers.access.Credentials;
import io.radstream.producers.access.Secret;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirServerTest {

  private static final String ALL =
      "/fhir/DiagnosticReport?_sort=_lastUpdated&_count=100"
          + "&_include=DiagnosticReport:subject&_include=DiagnosticReport:based-on";
  private static final String PATIENT =
      """
      {"resourceType":"Patient","id":"p1","identifier":[{"value":"MRN0042"}]}""";

  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final RecordingSink sink = RecordingSink.atOnce();
  private HttpServer http;

  @BeforeEach
  void serve() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    asked.add(target);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(String.valueOf(authorization));
    String page = pages.get(target);
    byte[] body = (page == null ? "{}" : page).getBytes(UTF_8);
    exchange.sendResponseHeaders(page == null ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void shouldReadAllPagesAndWhatTheReportsReferTo() throws Exception {
    pages.put(ALL, page("/fhir?page=2", report("r1", "ACC1", "2026-01-02T03:00:00Z")));
    pages.put("/fhir?page=2", page("", report("r2", "ACC2", "2026-01-02T04:00:00Z")));
    pages.put("/fhir/Patient/p1", PATIENT);

    List<Integer> found = search(1, new Credentials.Bearer(new Secret.Given("abc")));

    assertThat(found).containsExactly(2);
    assertThat(sink.found())
        .extracting(it -> it.part().study())
        .containsExactly(
            new StudyNames("").study("ACC1", ""), new StudyNames("").study("ACC2", ""));
    assertThat(authorizations).hasSize(4).containsOnly("Bearer abc");
  }

  @Test
  void shouldGoOnWhereItHadComeAlsoAfterARestart() throws Exception {
    pages.put(ALL, page("", report("r1", "ACC1", "2026-01-02T03:00:00Z")));
    pages.put("/fhir/Patient/p1", PATIENT);
    String later = ALL + "&_lastUpdated=ge2026-01-02T03%3A00%3A00Z";
    pages.put(later, page("", report("r1", "ACC1", "2026-01-02T03:00:00Z")));
    search(2, new Credentials.None());
    asked.clear();
    sink.forgetItems();

    search(1, new Credentials.None());

    assertThat(asked).first().isEqualTo(later);
    assertThat(sink.items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1/fhir?page=2", "https://other.example/x", "file:///x"})
  void shouldFollowNoPageToAnotherServer(String elsewhere) throws Exception {
    pages.put(ALL, page(elsewhere, report("r1", "ACC1", "2026-01-02T03:00:00Z")));
    pages.put("/fhir/Patient/p1", PATIENT);

    List<Integer> found = search(1, new Credentials.None());

    assertThat(found).containsExactly(-1);
    assertThat(sink.found()).hasSize(1); // what came is published, and comes again
  }

  @Test
  void shouldNotGoRoundInACircle() throws Exception {
    pages.put(ALL, page("/fhir?page=2"));
    pages.put("/fhir?page=2", page("/fhir?page=2"));

    assertThat(search(1, new Credentials.None())).containsExactly(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not JSON", "{\"resourceType\":\"Patient\"}"})
  void shouldFailAtOnceWhereTheFirstAnswerIsNoBundle(String page) {
    pages.put(ALL, page);
    FhirServer server = server(new LinkedBlockingQueue<>(), new Credentials.None());

    assertThatThrownBy(() -> server.deliver(sink)).hasMessageContaining("the root of FHIR");
  }

  @Test
  void shouldAskAgainForWhatTheClusterDidNotTake() throws Exception {
    RecordingSink held = RecordingSink.held();
    pages.put(ALL, page("", report("r1", "ACC1", "2026-01-02T03:00:00Z")));
    pages.put("/fhir/Patient/p1", PATIENT);
    BlockingQueue<Integer> searches = new LinkedBlockingQueue<>();
    FhirServer server = server(searches, new Credentials.None());
    CompletableFuture<Void> delivery = CompletableFuture.runAsync(() -> server.deliver(held));
    held.next().receipt().failed("away");

    RecordingSink.Coming again = held.next();

    held.settle(again);
    held.settle(held.next()); // how far it has come
    server.close();
    delivery.orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(held.found()).hasSize(1);
  }

  @Test
  void shouldRefuseAnAddressThatIsNone() {
    assertThatThrownBy(() -> endpoint(URI.create("ftp://host/fhir"), new Credentials.None()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            endpoint(
                    URI.create("https://host/fhir"),
                    new Credentials.Bearer(new Secret.Given("secret")))
                .toString())
        .doesNotContain("secret");
  }

  private List<Integer> search(int times, Credentials credentials) throws Exception {
    BlockingQueue<Integer> searches = new LinkedBlockingQueue<>();
    FhirServer server = server(searches, credentials);
    CompletableFuture<Void> delivery = CompletableFuture.runAsync(() -> server.deliver(sink));
    List<Integer> found = new CopyOnWriteArrayList<>();
    for (int i = 0; i < times; i++) {
      found.add(searches.poll(60, TimeUnit.SECONDS));
    }
    server.close();
    delivery.orTimeout(60, TimeUnit.SECONDS).join();
    return found;
  }

  private FhirServer server(BlockingQueue<Integer> searches, Credentials credentials) {
    URI base = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/fhir");
    return new FhirServer(
        endpoint(base, credentials),
        new FhirRules(Optional.empty()),
        new StudyNames(""),
        Pseudonymizer.withKey("sixteen bytes at least"),
        InstantSource.system(),
        searches::add);
  }

  private static FhirEndpoint endpoint(URI base, Credentials credentials) {
    return new FhirEndpoint(base, credentials, Optional.empty(), "", Duration.ofMillis(20));
  }

  private static String report(String id, String accession, String changed) {
    return """
        {"resourceType":"DiagnosticReport","id":"%s","meta":{"lastUpdated":"%s"},"status":"final",
         "identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"%s"}],
         "subject":{"reference":"Patient/p1"},"conclusion":"Clear lungs."}"""
        .formatted(id, changed, accession);
  }

  private static String page(String next, String... resources) {
    String links =
        next.isEmpty() ? "" : "\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}],";
    String entries =
        String.join(
            ",", List.of(resources).stream().map(it -> "{\"resource\":" + it + "}").toList());
    return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\","
        + links
        + "\"entry\":["
        + entries
        + "]}";
  }
}
