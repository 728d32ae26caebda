package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.ListenConfig;
import io.radstream.serving.ServingConfig;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.score.FindingSets;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream score}: scores studies as they arrive, until told to stop. */
@Command(
    name = "score",
    subcommands = ScoreBackfillCommand.class,
    description = {
      "Score studies as they arrive, with the newest checkpoint unless --policy says otherwise.",
      "",
      "Reads the topic studies.views and writes scores, each once; instances share the work. The"
          + " stage needs --views-at-once. It is 'radstream serve --score' for a process that no"
          + " client waits for: health, metrics and 'radstream models' work the same. Earlier"
          + " studies are scored by 'radstream score backfill'. Runs until stopped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream score --store checkpoints --kafka-config client.properties",
      "  radstream score --store checkpoints --policy gate --panel panel.jsonl \\",
      "      --port 8081 --receipt-key receipts.key"
    })
final class ScoreCommand implements Callable<Integer> {

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
  @Mixin private OriginalsOption originals;

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    return new ServiceRun(spec, service, device, traces, summary)
        .untilStopped(connection, () -> config(policies.policy(connection, originals.objects())));
  }

  private ServingConfig config(ServingPolicy policy) throws IOException {
    try {
      return service
          .config(
              policy,
              policies.steering(service.line()),
              FindingSets.of(prompts.set()),
              receipts.key())
          .withListen(service.listen(ListenConfig.DEFAULT_MAX_BODY_BYTES, access.config()))
          .withArrivals(true)
          .withOriginals(originals.forService());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
