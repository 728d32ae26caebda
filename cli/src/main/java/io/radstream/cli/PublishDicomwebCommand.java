package io.radstream.cli;

import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.web.ArchiveLimits;
import io.radstream.producers.dicom.web.DicomWebSettings;
import io.radstream.producers.dicom.web.DicomWebSource;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream publish dicomweb}: radiographs of an archive. */
@Command(
    name = "dicomweb",
    modelTransformer = WithoutLabels.class,
    description = {
      "Publish the chest radiographs of an archive that speaks DICOMweb (QIDO-RS and WADO-RS), as"
          + " they come into it. What was published is remembered: a restart goes on from there,"
          + " and nothing is sent twice."
    },
    footer = {
      "",
      "Examples:",
      "  radstream publish dicomweb --url https://pacs.example/dicom-web --since 2d \\",
      "      --token-file pacs.token --pseudonym-key-file site.key",
      "  radstream publish dicomweb --orthanc http://localhost:8042 --user radstream \\",
      "      --password-file pacs.password --pseudonym-key-file site.key",
      "  radstream publish dicomweb --url https://pacs.example/dicom-web \\",
      "      --since 7d --once --pseudonym-key-file site.key",
      "",
      "What an archive needs for it is described in docs/sources/dicomweb.md.",
      "Exit code 1 where the archive or the cluster failed."
    })
final class PublishDicomwebCommand implements Callable<Integer> {

  private static final Duration DEFAULT_AGE = Duration.ofDays(2);

  @Spec private CommandSpec spec;
  @Mixin private PublishRun run;
  @Mixin private PublisherName name;
  @Mixin private SiteOption site;
  @Mixin private DicomOptions dicom;
  @Mixin private ServerAccess access;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Root of DICOMweb, below which /studies lies.")
  private Optional<URI> url;

  @Option(
      names = "--orthanc",
      paramLabel = "URL",
      description =
          "The archive is an Orthanc, and this the root of its own interface: its list of changes"
              + " is followed, and DICOMweb is taken to be at URL/dicom-web unless --url tells.")
  private Optional<URI> orthanc;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How old a study may be by its date, as 2d (default: 2d; with --orthanc, whatever age).")
  private Optional<Duration> since;

  @Option(
      names = "--modality",
      paramLabel = "CODES",
      split = ",",
      defaultValue = "CR,DX",
      description = "Of the series that are fetched (default: ${DEFAULT-VALUE}).")
  private List<String> modalities;

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "Pause between two rounds (default: ${DEFAULT-VALUE}).")
  private Duration poll;

  @Option(names = "--once", description = "End when everything that is there was fetched.")
  private boolean once;

  @Option(
      names = "--again",
      description =
          "Look at everything once more, also at what was set aside. Nothing is sent twice.")
  private boolean again;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many objects are fetched at once (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DicomWebSettings settings = settings();
    Pseudonymizer pseudonymizer = run.ofHospital().pseudonymizer(true);
    try (RadiographReader reader = dicom.reader(site.names(), run.pictureRule());
        DicomWebSource source =
            new DicomWebSource(
                settings,
                reader,
                new Placements(pseudonymizer),
                Clock.system(ZoneId.systemDefault()))) {
      return run.listenAs(name.of(DicomWebSource.NAME), source, pseudonymizer);
    }
  }

  private DicomWebSettings settings() {
    URI root =
        url.or(() -> orthanc.map(PublishDicomwebCommand::dicomWebOf))
            .orElseThrow(() -> usage("--url or --orthanc is needed: where the archive is"));
    Optional<Duration> age = orthanc.isPresent() ? since : since.or(() -> Optional.of(DEFAULT_AGE));
    try {
      return new DicomWebSettings(
          root,
          orthanc,
          access.credentials(),
          access.trusted(),
          modalities,
          age,
          poll,
          once,
          again,
          connections,
          ArchiveLimits.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private static URI dicomWebOf(URI orthanc) {
    String text = orthanc.toString();
    return URI.create(text + (text.endsWith("/") ? "dicom-web" : "/dicom-web"));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
