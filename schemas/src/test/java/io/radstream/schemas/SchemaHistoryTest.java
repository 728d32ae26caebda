package io.radstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed history holds every version that was ever released: {@code history/<type>/vN}. */
class SchemaHistoryTest {

  private static final Path HISTORY = Path.of("history");

  @ParameterizedTest
  @EnumSource(Topic.class)
  void shouldReadEveryEarlierVersion(Topic topic) throws Exception {
    List<Schema> earlier = versions(topic);

    Schema current = current(topic);

    assertThat(earlier).as("history of %s", topic).isNotEmpty();
    validateBackwardTransitive(current, earlier);
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void shouldHaveTheCurrentSchemaAsItsNewestVersion(Topic topic) throws IOException {
    List<Schema> versions = versions(topic);

    assertThat(versions.get(versions.size() - 1))
        .as(
            "a changed schema needs a new file %s holding%n%s",
            directory(topic).resolve("v" + (versions.size() + 1) + ".avsc"), current(topic))
        .isEqualTo(current(topic));
  }

  private static void validateBackwardTransitive(Schema current, List<Schema> earlier)
      throws SchemaValidationException {
    new SchemaValidatorBuilder().canReadStrategy().validateAll().validate(current, earlier);
  }

  private static Schema current(Topic topic) {
    return SpecificData.get().getSchema(topic.recordClass());
  }

  private static Path directory(Topic topic) {
    return HISTORY.resolve(topic.recordClass().getSimpleName());
  }

  private static List<Schema> versions(Topic topic) throws IOException {
    Path directory = directory(topic);
    try (Stream<Path> files = Files.list(directory)) {
      int count = (int) files.count();
      return Stream.iterate(1, n -> n <= count, n -> n + 1)
          .map(n -> parse(directory.resolve("v" + n + ".avsc")))
          .toList();
    }
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
