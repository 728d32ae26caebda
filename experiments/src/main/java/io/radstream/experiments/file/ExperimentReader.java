package io.radstream.experiments.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.radstream.experiments.plan.Comparison;
import io.radstream.experiments.plan.Comparison.Test;
import io.radstream.experiments.plan.Experiment;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** An experiment from YAML. Keys that it does not know, and keys given twice, are errors. */
public final class ExperimentReader {

  private static final int MOST_REPEATS = 1_000;
  private static final int VOCABULARY = 1_000;
  private static final List<String> PAPER_TABLES = List.of("table1", "table2");

  private final YAMLMapper yaml =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  /**
   * @throws IOException where the file cannot be read
   * @throws InvalidExperimentException where it is not an experiment; the message names the place
   */
  public Experiment read(Path file) throws IOException {
    return parse(ExperimentText.read(file));
  }

  /** As {@link #read}, of the text of a file. */
  public Experiment parse(String text) {
    FileForm form = form(text);
    if (form == null) {
      throw new Place("name").wrong("is missing");
    }
    // All below have names that begin with it.
    new Place("name").name(form.name());
    return new Experiment(
        form.name(),
        Objects.requireNonNullElse(form.seed(), 1L),
        Optional.ofNullable(form.tokenizer()),
        Optional.ofNullable(form.encoderTokenizer()),
        new Place("vocabulary").least(Objects.requireNonNullElse(form.vocabulary(), VOCABULARY), 2),
        withWords(form, new Sources(form).all()),
        new Origins(form).all(),
        new Targets(form).all(),
        new Place("repeats")
            .between(Objects.requireNonNullElse(form.repeats(), 1), 1, MOST_REPEATS),
        comparison(form));
  }

  private static List<Experiment.NamedSource> withWords(
      FileForm form, List<Experiment.NamedSource> sources) {
    boolean none = sources.stream().noneMatch(source -> source.source() instanceof Source.Brought);
    if (none && form.tokenizer() == null) {
      throw new Place("tokenizer")
          .wrong("is missing: the tokenizer.json that the stage of these topics was given");
    }
    return sources;
  }

  private static Optional<Comparison> comparison(FileForm form) {
    if (form.compare() == null) {
      return Optional.empty();
    }
    Place place = new Place("compare");
    return Optional.of(
        new Comparison(
            place
                .of("reference")
                .known(form.compare().reference(), form.initialisations().keySet()),
            form.compare().test() == null
                ? Test.INDEPENDENT
                : place.of("test").oneOf(Test.class, form.compare().test()),
            Optional.ofNullable(form.compare().paper())
                .map(table -> place.of("paper").known(table, PAPER_TABLES))));
  }

  private FileForm form(String text) {
    try {
      requireNoAlias(text);
      return yaml.readValue(text, FileForm.class);
    } catch (UnrecognizedPropertyException e) {
      List<String> known = e.getKnownPropertyIds().stream().map(Object::toString).toList();
      throw new InvalidExperimentException(
          "%s: there is no such key%s".formatted(path(e), Nearest.hint(e.getPropertyName(), known)),
          e);
    } catch (JsonMappingException e) {
      throw new InvalidExperimentException(
          "%snot what is expected there%s: %s"
              .formatted(
                  e.getPath().isEmpty() ? "" : path(e) + ": ", line(e), e.getOriginalMessage()),
          e);
    } catch (JsonProcessingException e) {
      throw new InvalidExperimentException("not YAML" + line(e) + ": " + firstLine(e), e);
    }
  }

  /** The parser would give the name of what is meant, as if it were the value. */
  private void requireNoAlias(String text) throws JsonProcessingException {
    try (YAMLParser parser = yaml.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new InvalidExperimentException(
              "line %d: aliases (*%s) are not read: write out what is meant"
                  .formatted(parser.currentTokenLocation().getLineNr(), parser.getText()));
        }
      }
    } catch (JsonProcessingException e) {
      // What is no YAML is told with its place by who reads it next.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String line(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? "" : " (line %d)".formatted(location.getLineNr());
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }
}
