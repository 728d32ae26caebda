package io.radstream.cli;

import io.radstream.checkpoints.CheckpointStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import picocli.CommandLine;

/**
 * Gives each test a bucket of its own in one object store, S3Proxy in memory, which is started once
 * for the whole run of the module and may be stopped and started meanwhile.
 */
final class TestBucket implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(TestBucket.class);

  /**
   * A bucket in the store.
   *
   * @param environment by which tools of AWS find it
   */
  record Bucket(String name, Map<String, String> environment, Server server) {

    /** As a command is given it. */
    String store() {
      return "s3://" + name + "/some/store";
    }

    /** As seen from a machine with this disk. */
    CheckpointStore seenFrom(Path cache) {
      return converter(cache).convert(store());
    }

    /** A command on a machine with this disk. */
    CommandLine command(Path cache) {
      CommandLine command = Radstream.commandLine();
      command.registerConverter(CheckpointStore.class, converter(cache));
      return command;
    }

    /** As somebody else would who may write to it. */
    void overwrite(String key, byte[] content) {
      server.blobs.putBlob(
          name,
          server
              .blobs
              .blobBuilder("some/store/" + key)
              .payload(content)
              .contentLength(content.length)
              .build());
    }

    private StoreConverter converter(Path cache) {
      return new StoreConverter(
          name -> name.equals(StoreConverter.CACHE) ? cache.toString() : environment.get(name));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Bucket.class;
  }

  @Override
  public Bucket resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Server server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent("server", key -> new Server(), Server.class);
    String name = "bucket-" + server.buckets.incrementAndGet();
    server.blobs.createContainerInLocation(null, name);
    return new Bucket(
        name, Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + server.port), server);
  }

  /** The object store. */
  static final class Server implements AutoCloseable {

    private final BlobStoreContext context;
    private final BlobStore blobs;
    private final AtomicInteger buckets = new AtomicInteger();
    private S3Proxy proxy;
    private int port;

    Server() {
      context =
          ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
              .credentials("key", "secret")
              .build(BlobStoreContext.class);
      blobs = context.getBlobStore();
      start();
      // As the environment would have them.
      System.setProperty("aws.accessKeyId", "key");
      System.setProperty("aws.secretAccessKey", "secret");
    }

    /** At the same port as before. */
    void start() {
      proxy =
          S3Proxy.builder()
              .blobStore(blobs)
              .endpoint(URI.create("http://127.0.0.1:" + port))
              .awsAuthentication(AuthenticationType.AWS_V4, "key", "secret")
              .build();
      try {
        proxy.start();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      port = proxy.getPort();
    }

    void stop() {
      try {
        proxy.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
      stop();
      context.close();
    }
  }
}
