package io.radstream.cli;

import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.listen.DicomListener;
import io.radstream.producers.dicom.listen.ListenConfig;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code radstream publish dicom-listen}: radiographs that are sent here. */
@Command(
    name = "dicom-listen",
    modelTransformer = WithoutLabels.class,
    description = {
      "Publish the chest radiographs that modalities and archives send: a DICOM storage SCP, with"
          + " C-ECHO. A sender is answered that an image is stored once the cluster has it. Runs"
          + " until stopped."
    },
    footer = {
      "",
      "Examples:",
      "  radstream publish dicom-listen --pseudonym-key-file site.key \\",
      "      --kafka-config client.properties",
      "  radstream publish dicom-listen --host 0.0.0.0 --port 11112 --aet RADSTREAM \\",
      "      --allow CR_ROOM1@10.20.0.17 --allow ARCHIVE@pacs.example.org \\",
      "      --pseudonym-key-file site.key --kafka-config client.properties",
      "  storescu -aec RADSTREAM 127.0.0.1 11112 chest.dcm",
      "",
      "Settings of senders, and what each answer means, are in",
      "docs/sources/dicom-listen.md. Exit code 1 where the cluster failed."
    })
final class PublishDicomListenCommand implements Callable<Integer> {

  @Mixin private PublishRun run;
  @Mixin private PublisherName name;
  @Mixin private SiteOption site;
  @Mixin private DicomOptions dicom;
  @Mixin private DicomListenOptions listen;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ListenConfig config = listen.config();
    Pseudonymizer pseudonymizer = run.ofHospital().pseudonymizer(true);
    try (RadiographReader reader = dicom.reader(site.names(), run.pictureRule())) {
      Placements placements = new Placements(pseudonymizer);
      DicomListener listener =
          new DicomListener(config, reader, placements, InstantSource.system());
      return run.listenAs(name.of(listener.name()), listener, pseudonymizer);
    }
  }
}
