package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.score.FindingSet;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.search.SearchLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream serve}: scores over HTTP from the live checkpoint, until told to stop. */
@Command(
    name = "serve",
    description = {
      "Score studies over HTTP, with the newest checkpoint unless --policy says otherwise.",
      "",
      "Each checkpoint that the trainer announces is verified, loaded beside the live one, and"
          + " takes its place, as the policy judges, without a request being lost. 'radstream"
          + " models' changes by hand which one answers. A page for people is at /, the"
          + " contract for programs at /openapi.yaml. Runs until stopped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream serve --store checkpoints --kafka-config client.properties",
      "  radstream serve --store checkpoints --line chest --port 8090 \\",
      "      --prompts prompts.yaml --model night=night.yaml --model taught \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081",
      "  radstream serve --store checkpoints --kafka-config client.properties \\",
      "      --policy best --policy-figure validation_auc --policy-direction highest",
      "  radstream serve --policy gate --panel panel.jsonl --gate-level 0.95",
      "  radstream serve --host 0.0.0.0 --tls-certificate tls.crt --tls-key tls.key \\",
      "      --api-keys keys.yaml --public-host scores.hospital.example",
      "  curl -F view=@frontal.png -F view=@lateral.png http://127.0.0.1:8080/v1/score"
    })
final class ServeCommand implements Callable<Integer> {

  private static final String LABELS = "labels";

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary summary;
  @Mixin private DeviceOption device;
  @Mixin private PromptsOption prompts;
  @Mixin private PolicyOptions policies;
  @Mixin private AccessOptions access;
  @Mixin private TraceOptions traces;
  @Mixin private ReceiptOptions receipts;
  @Mixin private ServiceOptions service;

  @Option(
      names = "--model",
      paramLabel = "NAME[=FILE]",
      mapFallbackValue = LABELS,
      description =
          "A set of findings of its own that clients can ask for by name: those of FILE, which is"
              + " like that of --prompts, or of the label head, with labels or nothing in place of"
              + " a file. All are scored by the same network. Can be given several times.")
  private Map<String, String> models = new LinkedHashMap<>();

  @Option(
      names = "--max-body-mib",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "Largest request (default: ${DEFAULT-VALUE}).")
  private int maxBodyMib;

  @Option(
      names = "--score",
      description =
          "Score studies as they arrive on the topic studies.views, too, and publish scores, each"
              + " once; instances share the work. The stage needs --views-at-once.")
  private boolean arrivals;

  @Option(
      names = "--search",
      paramLabel = "N",
      description =
          "Index the last N training tuples for /v1/search, for each checkpoint that becomes live"
              + " (default: nothing is indexed).")
  private Optional<Integer> search;

  @Mixin private OriginalsOption originals = new OriginalsOption();
  @Mixin private WorklistOptions worklist = new WorklistOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    return new ServiceRun(spec, service, device, traces, summary)
        .untilStopped(connection, () -> config(policies.policy(connection, originals.objects())));
  }

  private Map<String, FindingSet> named() {
    Map<String, FindingSet> named = new LinkedHashMap<>();
    for (Map.Entry<String, String> model : models.entrySet()) {
      named.put(
          model.getKey(),
          model.getValue().equals(LABELS)
              ? new FindingSet.Taught()
              : new FindingSet.Prompted(prompts.read("--model", Path.of(model.getValue()))));
    }
    return named;
  }

  private ServingConfig config(ServingPolicy policy) throws IOException {
    try {
      return service
          .config(
              policy,
              policies.steering(service.line()),
              new FindingSets(prompts.set(), named()),
              receipts.key())
          .withListen(service.listen((long) maxBodyMib << 20, access.config()))
          .withArrivals(arrivals)
          .withOriginals(originals.forService())
          .withSearch(search.map(SearchLimits::new))
          .withWorklist(worklist.limits());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
