package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LogFormatTest {

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger logger = context.getLogger("io.radstream.Some");
  private final Encoder<ILoggingEvent> json = LogFormat.json(context);

  @Test
  void shouldWriteKeyValuesAndStackTracesAsFieldsOfOneLine() throws IOException {
    LoggingEvent event = event("cannot load\nit: \"{}\" \u00e4", new IOException("no\nfile"), "x");
    event.addKeyValuePair(new KeyValuePair("checkpoint", "line-1"));
    event.addKeyValuePair(new KeyValuePair("step", 7L));

    String line = new String(json.encode(event), StandardCharsets.UTF_8);

    assertThat(line.strip().lines()).hasSize(1);
    JsonNode fields = new ObjectMapper().readTree(line);
    assertThat(fields.path("message").asText()).isEqualTo("cannot load\nit: \"x\" \u00e4");
    assertThat(fields.path("level").asText()).isEqualTo("WARN");
    assertThat(fields.path("logger_name").asText()).isEqualTo("io.radstream.Some");
    assertThat(fields.path("checkpoint").asText()).isEqualTo("line-1");
    assertThat(fields.path("step").isNumber()).isTrue();
    assertThat(fields.path("stack_trace").asText())
        .startsWith("java.io.IOException: no\nfile")
        .contains("at io.radstream.cli.LogFormatTest");
    assertThat(Instant.parse(fields.path("@timestamp").asText())).isEqualTo(Instant.EPOCH);
    assertThat(fields.path("@timestamp").asText()).endsWith("Z");
  }

  @Test
  @Timeout(120) // a hang must fail, not stall the build
  void shouldWriteTheFailureOfACommandAsOneObject(@TempDir Path folder) throws Exception {
    String missing = folder.resolve("no.json").toString();

    List<String> byOption = errorsOf(Map.of(), "--log-format=json", "--tokenizer=" + missing);
    List<String> bySetting = errorsOf(Map.of("RADSTREAM_LOG", "json"), "--tokenizer=" + missing);

    for (List<String> lines : List.of(byOption, bySetting)) {
      assertThat(lines).hasSize(1);
      JsonNode fields = new ObjectMapper().readTree(lines.get(0));
      assertThat(fields.path("level").asText()).isEqualTo("ERROR");
      assertThat(fields.path("message").asText()).contains("no.json");
      assertThat(fields.has("stack_trace")).isFalse();
    }
  }

  @Test
  @Timeout(120)
  void shouldWriteTextUnlessAsked() throws Exception {
    List<String> lines = errorsOf(Map.of(), "--tokenizer=/no/such/file");

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("radstream: ");
  }

  private LoggingEvent event(String message, Throwable thrown, Object... arguments) {
    LoggingEvent event = new LoggingEvent("test", logger, Level.WARN, message, thrown, arguments);
    event.setInstant(Instant.EPOCH);
    return event;
  }

  /** What a process of its own writes: the format is the whole process's. */
  private static List<String> errorsOf(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(CommandProcess.SHORT_LIVED);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Radstream.class.getName(), "train"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("RADSTREAM_"));
    builder.environment().put("RADSTREAM_BOOTSTRAP", "localhost:1");
    builder.environment().put("RADSTREAM_REGISTRY", "http://localhost:1");
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    process.getErrorStream().transferTo(errors);
    assertThat(process.waitFor()).isEqualTo(Radstream.WRONG_USAGE);
    return errors.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
