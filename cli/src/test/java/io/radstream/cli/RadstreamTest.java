package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

class RadstreamTest {

  @Test
  void shouldAskForACommand() {
    Invocation invocation = Invocation.of();

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("Missing command").contains("Usage: radstream");
    assertThat(invocation.out()).isEmpty();
  }

  @Test
  void shouldTellItsVersion() {
    Invocation invocation = Invocation.of("--version");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(invocation.out()).startsWith("radstream ");
  }

  @Test
  void shouldRefuseAnUnknownOption() {
    Invocation invocation = Invocation.of("--frobnicate");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--frobnicate");
  }

  @Test
  void shouldTellAFailureInOneLine() {
    CommandLine line = Radstream.commandLine().addSubcommand(new FailingCommand());

    Invocation invocation = Invocation.of(line, "fail", "studies.jsonl");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err().lines()).containsExactly("radstream: no such file: studies.jsonl");
    assertThat(invocation.out()).isEmpty();
  }

  @Test
  void shouldShowTheStackTraceToThoseWhoAsk() {
    CommandLine line = Radstream.commandLine().addSubcommand(new FailingCommand());

    Invocation invocation = Invocation.of(line, "fail", "studies.jsonl", "--verbose");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("NoSuchFileException").contains("\tat io.radstream");
  }

  @Test
  void shouldPrintTheSummaryAsTheLastLine() {
    CommandLine line = Radstream.commandLine().addSubcommand(new CountingCommand());

    Invocation invocation = Invocation.of(line, "count", "--json");

    assertThat(invocation.out().lines())
        .containsExactly("two studies", "{\"studies_published\":2}");
  }

  @Test
  void shouldPrintNoSummaryUnlessAsked() {
    CommandLine line = Radstream.commandLine().addSubcommand(new CountingCommand());

    Invocation invocation = Invocation.of(line, "count");

    assertThat(invocation.out().lines()).containsExactly("two studies");
  }

  @Command(name = "fail")
  private static final class FailingCommand implements Callable<Integer> {
    @Parameters private String file;

    @Override
    public Integer call() throws NoSuchFileException {
      throw new NoSuchFileException(file);
    }
  }

  @Command(name = "count")
  private static final class CountingCommand implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
    @Mixin private JsonSummary summary;

    @Override
    public Integer call() {
      spec.commandLine().getOut().println("two studies");
      summary.print(new Counts(2));
      return Radstream.DONE;
    }
  }

  private record Counts(int studiesPublished) {}
}
