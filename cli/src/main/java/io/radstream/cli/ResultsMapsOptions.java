package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.maps.SentMaps;
import io.radstream.results.maps.MapChoice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.arrivals.ScoreMaps;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: pictures of where scores come from. */
final class ResultsMapsOptions {

  private static final double LIKELY = 0.5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private DeviceOption device;
  @Mixin private PromptsOption prompts;

  @Mixin private OriginalsOption originals;

  @Option(
      names = "--maps-store",
      paramLabel = "STORE",
      description =
          "Send archives a picture of each view beside the report, with a map over it of where a"
              + " likely finding comes from, as a secondary capture. The checkpoint that scored is"
              + " loaded from this store; needs --dicom or --stow (default: no pictures are sent).")
  private Optional<CheckpointStore> store;

  @Option(
      names = "--maps-above",
      paramLabel = "PROBABILITY",
      description =
          "Findings at least so likely get pictures, the likeliest three of a score; needs"
              + " --maps-store (default: 0.5).")
  private Optional<Double> above;

  boolean areWanted() {
    return store.isPresent();
  }

  /**
   * Starts the engine where pictures are wanted, and else nothing.
   *
   * @throws ParameterException where an option cannot be used
   */
  SentMaps open(KafkaConnection connection) {
    MapChoice choice = choice();
    if (store.isEmpty()) {
      return new SentMaps(Optional.empty(), choice);
    }
    if (store.get().objects().isEmpty() && !Files.isDirectory(store.get().root())) {
      throw usage("--maps-store: there is no directory " + store.get().root());
    }
    ScoreMaps maps =
        new ScoreMaps(
            connection,
            store.get(),
            originals.objects(),
            prompts.given(),
            device.choice().start(Runtime.getRuntime().availableProcessors()),
            Clock.systemUTC());
    return new SentMaps(Optional.of(maps), choice);
  }

  private MapChoice choice() {
    if (above.isPresent() && store.isEmpty()) {
      throw usage("--maps-above: there are no pictures without --maps-store");
    }
    try {
      return new MapChoice(above.orElse(LIKELY), MapChoice.MOST);
    } catch (IllegalArgumentException e) {
      throw usage("--maps-above: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
