package io.radstream.objects;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Gives each test a bucket of its own in one object store, S3Proxy in memory, which is started once
 * for the whole run of the module and may be stopped and started meanwhile.
 */
public final class TestBucket implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(TestBucket.class);

  /** A bucket, and the store that it is in. */
  public record Bucket(String name, Server server) {

    public ObjectAddress address() {
      return ObjectAddress.parse("s3://" + name + "/some/store");
    }

    public ObjectStore open() {
      return ObjectStore.at(address(), connection("secret"));
    }

    /** Variable to value, by which tools find the store; they find credentials, too. */
    public Map<String, String> environment() {
      return Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + server.port);
    }

    /**
     * As somebody else would who may write to it.
     *
     * @param key below the address
     */
    public void overwrite(String key, byte[] content) {
      server.blobs.putBlob(
          name,
          server
              .blobs
              .blobBuilder(address().prefix() + key)
              .payload(content)
              .contentLength(content.length)
              .build());
    }

    /** With the right secret it is "secret". */
    public S3Connection connection(String secret) {
      return new S3Connection(
          Optional.of(URI.create("http://127.0.0.1:" + server.port)),
          Optional.empty(),
          Optional.empty(),
          StaticCredentialsProvider.create(AwsBasicCredentials.create("key", secret)));
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
    return new Bucket(name, server);
  }

  /** The object store. */
  public static final class Server implements AutoCloseable {

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
    public void start() {
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

    public void stop() {
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
