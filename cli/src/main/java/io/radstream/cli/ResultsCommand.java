package io.radstream.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.radstream.cli.maps.SentMaps;
import io.radstream.cli.metrics.MetricsPort;
import io.radstream.cli.metrics.ResultsMeters;
import io.radstream.producers.asking.GrowingPauses;
import io.radstream.producers.crosswalk.CrosswalkReader;
import io.radstream.results.delivery.Begin;
import io.radstream.results.delivery.Delivery;
import io.radstream.results.delivery.DeliveryStatus;
import io.radstream.results.delivery.Withdrawals;
import io.radstream.results.destination.Destination;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream results}: scores go back to the hospital's systems, until told to stop. */
@Command(
    name = "results",
    description = {
      "Send scores back to the systems of the hospital, each at least once and always as the same"
          + " object: DICOM structured reports, FHIR resources, messages of HL7.",
      "",
      "Follows the topic scores, one consumer group for each destination, so that one which is away"
          + " holds up no other. Which study a score is of is looked up in the crosswalk that"
          + " publishing writes with --crosswalk; a study that is not in it, or was withdrawn, is"
          + " counted and left out. What a destination refuses for good is on the topic scores.rejected. Everything"
          + " is marked as preliminary and for research only. With --maps-store archives also get"
          + " pictures of where likely findings come from. Runs until stopped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream results --crosswalk site.crosswalk \\",
      "      --pseudonym-key-file site.key --dicom ARCHIVE@pacs.example.org:104 \\",
      "      --kafka-config client.properties",
      "  radstream results --crosswalk site.crosswalk \\",
      "      --pseudonym-key-file site.key --fhir https://fhir.example/r4 \\",
      "      --token-file token --hl7 ris.example.org:2575 --metrics-port 9103",
      "  radstream results --crosswalk site.crosswalk \\",
      "      --pseudonym-key-file site.key --dicom ARCHIVE@pacs.example.org:104 \\",
      "      --maps-store checkpoints --maps-above 0.7"
    })
final class ResultsCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ResultsCommand.class);
  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(30);
  private static final GrowingPauses PAUSES =
      new GrowingPauses(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;
  @Mixin private PseudonymKey key;
  @Mixin private ResultsDestinations destinations;
  @Mixin private ResultsMapsOptions maps;
  @Mixin private MetricsOptions metrics;

  @Option(
      names = "--crosswalk",
      paramLabel = "DIR",
      description =
          "Which study a score is of, as publishing notes it with the same option. Without it"
              + " nothing can be sent back.")
  private Optional<Path> crosswalk;

  @Option(
      names = "--begin",
      paramLabel = "WHERE",
      defaultValue = "now",
      description =
          "Of a destination that was never sent to: now, with the scores that come from now on; or"
              + " first, with the oldest one that the topic holds (default: ${DEFAULT-VALUE}).")
  private Begin begin;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Tells apart destinations of one kind: two archives, two processes with a name each"
              + " (default: none).")
  private String name;

  private record Summary(List<DeliveryStatus> destinations) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!name.matches("[A-Za-z0-9._-]*")) {
      throw usage("--name: letters, digits, dots, dashes and underscores");
    }
    if (maps.areWanted() && !destinations.haveAnArchive()) {
      throw usage("--maps-store: pictures go to archives: name --dicom or --stow");
    }
    KafkaConnection connection = connectionOptions.connection();
    try (CrosswalkReader studies = studies();
        SentMaps pictures = maps.open(connection);
        Withdrawals withdrawals = Withdrawals.follow(connection)) {
      List<Delivery> deliveries = new ArrayList<>();
      for (Destination destination : destinations.open(pictures)) {
        deliveries.add(
            Delivery.of(
                connection, group(destination), begin, destination, studies, withdrawals, PAUSES));
      }
      CountDownLatch stop = new CountDownLatch(1);
      GracefulStop.during(() -> deliver(deliveries, studies, pictures, stop), stop::countDown);
      return deliveries.stream().anyMatch(Delivery::hasFailed) ? Radstream.FAILED : Radstream.DONE;
    }
  }

  private CrosswalkReader studies() {
    if (crosswalk.isEmpty()) {
      throw usage(
          "--crosswalk: studies on the topics have pseudonyms, and without a crosswalk nobody knows"
              + " whose they are; publish with --crosswalk DIR, and name the same folder here");
    }
    try {
      return CrosswalkReader.open(crosswalk.get(), key.ofHospital().key());
    } catch (IOException e) {
      throw usage("--crosswalk: " + e.getMessage());
    }
  }

  private String group(Destination destination) {
    String kind = "radstream-results-" + destination.name();
    return name.isEmpty() ? kind : kind + "-" + name;
  }

  private void deliver(
      List<Delivery> deliveries, CrosswalkReader studies, SentMaps pictures, CountDownLatch stop)
      throws IOException, InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    deliveries.forEach(delivery -> ResultsMeters.register(delivery, registry));
    pictures.all().forEach((to, sent) -> ResultsMeters.register(to, sent, registry));
    Optional<MetricsPort> port = metrics.open(registry);
    try {
      port.ifPresent(open -> LOG.info("metrics are at port={}", open.port()));
      deliveries.forEach(Delivery::start);
      tell("Sending results to %s; stop with Ctrl-C.".formatted(names(deliveries)));
      CrosswalkDamage damage = new CrosswalkDamage();
      damage.tell(studies);
      while (!stop.await(STATUS_INTERVAL.toSeconds(), TimeUnit.SECONDS)
          && deliveries.stream().noneMatch(Delivery::hasFailed)) {
        deliveries.forEach(delivery -> report(delivery.status()));
        damage.tell(studies);
      }
    } finally {
      close(deliveries);
      port.ifPresent(MetricsPort::close);
    }
    summary.print(new Summary(deliveries.stream().map(Delivery::status).toList()));
  }

  /** All at a time: each may wait for its receiver. */
  private static void close(List<Delivery> deliveries) throws InterruptedException {
    List<Thread> closing =
        deliveries.stream().map(each -> new Thread(each::close, "closing-results")).toList();
    closing.forEach(Thread::start);
    for (Thread each : closing) {
      each.join();
    }
  }

  private static String names(List<Delivery> deliveries) {
    return String.join(", ", deliveries.stream().map(it -> it.status().destination()).toList());
  }

  private static void report(DeliveryStatus status) {
    LOG.info(
        String.format(
            Locale.ROOT,
            "%s: %d delivered, %d refused, %d left out, %d tries in vain; %d wait%s",
            status.destination(),
            status.delivered(),
            status.refused(),
            status.skipped().values().stream().mapToLong(it -> it).sum(),
            status.retries(),
            status.lag(),
            status.away().isEmpty() ? "" : "; away: " + status.away()));
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
