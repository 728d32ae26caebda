package io.radstream.cli;

import io.radstream.producers.dicom.listen.AeTitle;
import io.radstream.producers.dicom.listen.CallingPeers;
import io.radstream.producers.dicom.listen.ListenConfig;
import io.radstream.producers.dicom.listen.ListenConfig.Limits;
import io.radstream.producers.dicom.listen.ListenConfig.Timeouts;
import io.radstream.producers.dicom.listen.UnwantedAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: where a storage SCP listens, to whom, and what they may take. */
final class DicomListenOptions {

  private static final int MIB = 20;
  private static final long LARGEST_MIB = 256;

  /** Of the heap, for data sets, unless asked otherwise: as much again is needed to read them. */
  private static final int SHARE = 4;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private TlsOptions tls;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "11112",
      description = "0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; 0.0.0.0 for all; --allow is needed then"
              + " (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--aet",
      paramLabel = "TITLE",
      defaultValue = "RADSTREAM",
      description = "AE title that senders call (default: ${DEFAULT-VALUE}).")
  private String title;

  @Option(
      names = "--allow",
      paramLabel = "TITLE[@HOST]",
      description =
          "AE title of a sender, with the host it sends from, a name or an address; *@HOST for"
              + " whatever title, * for all. May be given several times. Others are rejected.")
  private List<String> allowed = List.of();

  @Option(
      names = "--unwanted",
      paramLabel = "ANSWER",
      defaultValue = "WARNING",
      description =
          "What a sender is answered for an image that is not taken, as one of no chest:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private UnwantedAnswer unwanted;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "Most senders at a time; more are rejected for now (default: ${DEFAULT-VALUE}).")
  private int associations;

  @Option(
      names = "--max-size",
      paramLabel = "MIB",
      description =
          "Largest image; a larger one fails (default: 256, or a quarter of Java's heap where"
              + " that is less).")
  private Optional<Integer> object;

  @Option(
      names = "--max-memory",
      paramLabel = "MIB",
      description =
          "For images that are not acknowledged yet, of all senders; where it is short, senders"
              + " wait (default: a quarter of Java's heap).")
  private Optional<Integer> memory;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description =
          "An association is aborted whose sender says nothing for so long"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration idle;

  @Option(
      names = "--object-timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = DurationConverter.class,
      description = "Longest that one image may take to come (default: ${DEFAULT-VALUE}).")
  private Duration objectTime;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description =
          "How long associations may go on when the process is asked to stop"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration grace;

  /**
   * @throws ParameterException where they do not fit together
   */
  ListenConfig config() {
    try {
      return new ListenConfig(
          host,
          port,
          new AeTitle(title),
          CallingPeers.of(allowed),
          limits(Runtime.getRuntime().maxMemory()),
          new Timeouts(
              Timeouts.DEFAULT.request(), idle, objectTime, Timeouts.DEFAULT.closing(), grace),
          tls.listening(),
          unwanted);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private Limits limits(long heap) {
    long share = heap / SHARE;
    long largest = bytes(object).orElse(Math.min(LARGEST_MIB << MIB, share));
    long all = bytes(memory).orElse(Math.max(largest, share));
    // One is copied while it is handed over.
    if (all + largest > heap - share) {
      throw new IllegalArgumentException(
          "--max-memory and --max-size need %d MiB together, which is too much of a heap of %d"
                  .formatted((all + largest) >> MIB, heap >> MIB)
              + " MiB: give Java more with -Xmx, or allow less");
    }
    return new Limits(associations, largest, all);
  }

  private static Optional<Long> bytes(Optional<Integer> mebibytes) {
    return mebibytes.map(number -> (long) number << MIB);
  }
}
