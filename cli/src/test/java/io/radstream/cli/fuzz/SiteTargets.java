package io.radstream.cli.fuzz;

import io.radstream.cli.SiteFiles;
import io.radstream.deidentification.text.SiteList;
import io.radstream.producers.jsonl.JsonlReports;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.serving.panel.UnusablePanelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ParameterException;

/**
 * Files that a site names to commands.
 *
 * @param folder for them
 */
record SiteTargets(Path folder) {

  private static final int SIDE = 40;

  private static final String STUDY =
      """
      {"study":"CANARY","patient":"CANARY","images":[{"file":"panel.png","view":"PA","id":"1"}],
      "labels":{"effusion":1,"opacity":0}}"""
          .replace("CANARY", Target.CANARY)
          .replace("\n", "");

  private static final String OTHER =
      STUDY
          .replace("\"study\":\"", "\"study\":\"other")
          .replace("\"effusion\":1", "\"effusion\":0");

  List<Target> all() throws IOException {
    return List.of(panel(), reports(), siteList(), kafkaConfig());
  }

  private Target panel() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("panel"));
    Files.write(
        directory.resolve("panel.png"),
        ImageEncoder.png(new GrayImage(SIDE, SIDE, new byte[SIDE * SIDE])));
    Path file = directory.resolve("panel.jsonl");
    return Target.of(
        "panel",
        List.of(Json.bytes(OTHER + "\n" + STUDY), Json.bytes(STUDY + "\n" + OTHER)),
        List.of(
            "\n", "\"labels\":{", "\"images\":[", "{", "[", "null", "../", "panel.jsonl", "1e999"),
        Set.of(UnusablePanelException.class),
        input -> {
          Files.write(file, input);
          SiteFiles.panel(directory);
          return "";
        });
  }

  private Target reports() {
    Path file = folder.resolve("reports.jsonl");
    String line = "{\"patient\":\"1\",\"text\":\"FINDINGS: %s\"}".formatted(Target.CANARY);
    return Target.of(
        "reports",
        List.of(Json.bytes(line), Json.bytes(line + "\r\n\n" + line)),
        List.of("\n", "\r", "{", "[", "\"text\":", "\uFEFF", "null", "\0\0\0", "\\ud800"),
        Set.of(),
        input -> {
          Files.write(file, input);
          long without = new JsonlReports(file).forEach(report -> {});
          return without > 0 ? "%d lines without a report".formatted(without) : "";
        });
  }

  private Target siteList() {
    Path file = folder.resolve("site.txt");
    return Target.of(
        "site-list",
        List.of(Json.bytes("# a comment\nSt. %s\n/[A-Z]{2}\\d+/\n".formatted(Target.CANARY))),
        List.of(
            "\n", "/", "/(", ")", "[", "{1000}", "(a*)*", "\\p{L}", "|", "?", "^", "$", "\\Q", "#"),
        Set.of(IOException.class, IllegalArgumentException.class),
        input -> {
          Files.write(file, input);
          SiteList.read(file);
          return "";
        });
  }

  private Target kafkaConfig() {
    Path file = folder.resolve("kafka.properties");
    return Target.of(
        "kafka-config",
        List.of(
            Json.bytes(
                "bootstrap.servers=a:1\nschema.registry.url=http://b:2\nsasl.jaas.config=%s\\\n c\n"
                    .formatted(Target.CANARY))),
        List.of("\\u", "\\", "\n", "=", ":", "#", "!", "schema.registry.url=", "\\u00zz"),
        Set.of(ParameterException.class),
        input -> {
          Files.write(file, input);
          SiteFiles.connection(file);
          return "";
        });
  }
}
