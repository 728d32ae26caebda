package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    assertThat(invocation.err()).startsWith("Missing command").doesNotContain("Usage:");
    assertThat(invocation.err()).endsWith("Try 'radstream --help'.\n");
    assertThat(invocation.out()).isEmpty();
  }

  @Test
  void shouldMakeTheOneCommandThatIsCalledAsItIsAmongAll() {
    CommandLine all = Radstream.commandLine();

    for (String name : all.getSubcommands().keySet()) {
      CommandLine one = Radstream.commandLine(new String[] {name, "--help"});

      assertThat(one.getSubcommands()).containsKey(name);
      assertThat(helps(one.getSubcommands().get(name)))
          .isEqualTo(helps(all.getSubcommands().get(name)));
    }
    assertThat(helps(Radstream.commandLine(new String[] {"--help"}))).isEqualTo(helps(all));
    assertThat(Radstream.commandLine(new String[] {"train"}).getSubcommands())
        .containsOnlyKeys("train");
  }

  private static List<String> helps(CommandLine command) {
    return withSubcommands(command).map(CommandLine::getUsageMessage).toList();
  }

  /** A line that is folded cannot be pasted: its end would be left out. */
  @Test
  void shouldGiveExamplesThatFitIntoALine() {
    List<CommandLine> commands = withSubcommands(Radstream.commandLine()).toList();

    List<String> examples =
        commands.stream()
            .flatMap(command -> Stream.of(command.getCommandSpec().usageMessage().footer()))
            .toList();

    assertThat(examples)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void shouldGiveExamplesWithOptionsThatThereAre() {
    CommandLine root = Radstream.commandLine();

    List<String> unknown =
        withSubcommands(root)
            .flatMap(command -> examples(command.getCommandSpec().usageMessage().footer()))
            .flatMap(example -> unknownOptions(root, example))
            .toList();

    assertThat(unknown).isEmpty();
  }

  private static Stream<String> examples(String... footer) {
    return String.join("\n", footer)
        .replaceAll("\\\\\\n *", "")
        .lines()
        .filter(line -> line.startsWith("  radstream "));
  }

  private static Stream<String> unknownOptions(CommandLine root, String example) {
    CommandLine command = root;
    List<String> unknown = new ArrayList<>();
    for (String word : example.strip().split(" +", -1)) {
      command = command.getSubcommands().getOrDefault(word, command);
      String name = word.replaceFirst("=.*", "");
      if (name.startsWith("--") && command.getCommandSpec().findOption(name) == null) {
        unknown.add(name + " of " + command.getCommandSpec().qualifiedName());
      }
    }
    return unknown.stream();
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(RadstreamTest::withSubcommands));
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
    assertThat(invocation.err().lines())
        .containsExactly("radstream: permission denied: studies.jsonl");
    assertThat(invocation.out()).isEmpty();
  }

  @Test
  void shouldShowTheStackTraceToThoseWhoAsk() {
    CommandLine line = Radstream.commandLine().addSubcommand(new FailingCommand());

    Invocation invocation = Invocation.of(line, "fail", "studies.jsonl", "--verbose");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("AccessDeniedException").contains("\tat io.radstream");
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
    public Integer call() throws AccessDeniedException {
      throw new AccessDeniedException(file);
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
