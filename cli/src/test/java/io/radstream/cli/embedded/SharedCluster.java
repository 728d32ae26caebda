package io.radstream.cli.embedded;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KafkaConnection} to one embedded cluster, which starts once for the whole
 * run of the module. Each test class has topic names of its own, for which no topic exists at
 * first.
 */
public final class SharedCluster implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaConnection.class;
  }

  @Override
  public KafkaConnection resolveParameter(ParameterContext parameter, ExtensionContext context) {
    KafkaConnection connection =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent("cluster", key -> new Running(), Running.class)
            .cluster
            .connection();
    return new KafkaConnection(
        connection.bootstrap(),
        connection.registry(),
        new TopicNames(context.getRequiredTestClass().getSimpleName() + "."));
  }

  private static final class Running implements AutoCloseable {

    private final Path directory;
    private final EmbeddedCluster cluster;

    Running() {
      try {
        directory = Files.createTempDirectory("radstream-test-");
        cluster =
            EmbeddedCluster.start(ClusterSettings.in(directory), Distribution.ofThisProcess());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      cluster.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
