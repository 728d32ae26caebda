package io.radstream.objects;

import io.radstream.objects.ObjectStoreException.Kind;
import io.radstream.objects.S3Connection.Calls;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects below an address, named by keys relative to it. An object appears whole or not at all.
 * Each call is tried three times where that may help, unless it is {@link #triedOnce}, and takes no
 * more memory than a piece. Thread-safe.
 */
public final class ObjectStore {

  /**
   * @param key below the store's address
   * @param modified by the store's clock
   */
  public record Listed(String key, long bytes, Instant modified) {}

  @FunctionalInterface
  private interface Call<T> {
    T answer() throws IOException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(ResponseInputStream<GetObjectResponse> in) throws IOException;
  }

  private static final int PIECE = 1 << 16;

  /** That are asked for where one is not given; more than a study has views. */
  private static final int FIRST = 16;

  private static final int SERVER_ERROR = 500;

  /** Files up to 640 GiB. */
  private static final long PART = 64L << 20;

  /** For an answer without a body: a store that is silent is found out before one is sent. */
  private static final Duration SHORT = Duration.ofSeconds(10);

  private final S3Connection connection;
  private final ObjectAddress address;
  private final long partBytes;
  private final Calls calls;
  private final LongAdder readBytes;
  private final LongAdder failures;
  private Optional<S3Client> client = Optional.empty();

  /** Nothing is asked of the store, nor looked up, before the first call. */
  public static ObjectStore at(ObjectAddress address, S3Connection connection) {
    return new ObjectStore(connection, address, PART);
  }

  ObjectStore(S3Connection connection, ObjectAddress address, long partBytes) {
    this(connection, address, partBytes, Calls.TRIED_AGAIN, new LongAdder(), new LongAdder());
  }

  private ObjectStore(
      S3Connection connection,
      ObjectAddress address,
      long partBytes,
      Calls calls,
      LongAdder readBytes,
      LongAdder failures) {
    this.connection = connection;
    this.address = address;
    this.partBytes = partBytes;
    this.calls = calls;
    this.readBytes = readBytes;
    this.failures = failures;
  }

  /**
   * The same store, whose calls are tried once: for who tries them again by {@link Patience}. What
   * is read and what fails is counted here, too.
   */
  public ObjectStore triedOnce() {
    return new ObjectStore(connection, address, partBytes, Calls.TRIED_ONCE, readBytes, failures);
  }

  private synchronized S3Client client() throws ObjectStoreException {
    if (client.isEmpty()) {
      client = Optional.of(connection.client(calls));
    }
    return client.get();
  }

  /** Whether any of the first objects can be read, but for this one. */
  boolean givesOthers(String key) throws ObjectStoreException {
    return call(
        "list",
        "",
        () ->
            client()
                .listObjectsV2(
                    list -> list.bucket(address.bucket()).prefix(address.prefix()).maxKeys(FIRST))
                .contents()
                .stream()
                .map(S3Object::key)
                .anyMatch(other -> !other.equals(full(key)) && isGiven(other)));
  }

  private boolean isGiven(String fullKey) {
    try (ResponseInputStream<GetObjectResponse> in =
        client().getObject(get -> get.bucket(address.bucket()).key(fullKey))) {
      in.abort();
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() >= SERVER_ERROR) {
        throw e;
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That were copied from the store so far. */
  public long readBytes() {
    return readBytes.sum();
  }

  /** Calls that came to nothing so far, after all tries. */
  public long failures() {
    return failures.sum();
  }

  public ObjectAddress address() {
    return address;
  }

  /**
   * A small object; empty where there is none.
   *
   * @param most bytes that are read
   * @throws ObjectStoreException where it cannot be read, or is larger
   */
  public Optional<byte[]> read(String key, int most) throws ObjectStoreException {
    return reading(
        key,
        most,
        in -> {
          byte[] content = in.readNBytes(most);
          if (content.length < in.response().contentLength()) {
            throw new EOFException("the answer ended early");
          }
          readBytes.add(content.length);
          return content;
        });
  }

  /**
   * Copies an object to a file, in the place of what is there.
   *
   * @param most bytes that are copied
   * @param read called after each piece, so that slow can be told from hanging
   * @return false where there is no such object
   * @throws ObjectStoreException where it cannot be read, or is larger
   */
  public boolean fetch(String key, Path target, long most, Runnable read)
      throws ObjectStoreException {
    return reading(
            key,
            most,
            in -> {
              copy(in, target, read);
              return target;
            })
        .isPresent();
  }

  private <T> Optional<T> reading(String key, long most, Reading<T> reading)
      throws ObjectStoreException {
    return call(
        "read",
        key,
        () -> {
          try (ResponseInputStream<GetObjectResponse> in = open(key)) {
            if (in == null) {
              return Optional.empty();
            }
            requireAtMost(most, in, key);
            return Optional.of(reading.of(in));
          }
        });
  }

  /** What is not read of an answer would be read to its end when it is closed. */
  private void requireAtMost(long most, ResponseInputStream<GetObjectResponse> in, String key)
      throws ObjectStoreException {
    if (in.response().contentLength() > most) {
      in.abort();
      throw new ObjectStoreException(
          Kind.TOO_LARGE, "%s has more than %d bytes".formatted(address.uri(key), most), null);
    }
  }

  private void copy(InputStream in, Path target, Runnable read) throws IOException {
    byte[] piece = new byte[PIECE];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        out.write(piece, 0, count);
        readBytes.add(count);
        read.run();
      }
    }
  }

  private ResponseInputStream<GetObjectResponse> open(String key) throws ObjectStoreException {
    try {
      return client().getObject(get -> get.bucket(address.bucket()).key(full(key)));
    } catch (NoSuchBucketException e) {
      throw e;
    } catch (S3Exception e) {
      if (e.statusCode() == 404 && !isOfBucket(e)) {
        return null;
      }
      throw e;
    }
  }

  private static boolean isOfBucket(S3Exception e) {
    return e.awsErrorDetails() != null && "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
  }

  /** Bytes of an object; empty where there is none. */
  public OptionalLong size(String key) throws ObjectStoreException {
    return call(
        "read",
        key,
        () -> {
          try {
            return OptionalLong.of(
                client()
                    .headObject(
                        head ->
                            head.bucket(address.bucket())
                                .key(full(key))
                                .overrideConfiguration(it -> it.apiCallAttemptTimeout(SHORT)))
                    .contentLength());
          } catch (NoSuchKeyException e) {
            return OptionalLong.empty();
          }
        });
  }

  /**
   * Writes an object where there is none of its key.
   *
   * @return false where there is one, which stays as it is
   */
  public boolean create(String key, byte[] content) throws ObjectStoreException {
    return call(
        "write",
        key,
        () -> {
          try {
            client()
                .putObject(
                    put -> put.bucket(address.bucket()).key(full(key)).ifNoneMatch("*"),
                    RequestBody.fromBytes(content));
            return true;
          } catch (S3Exception e) {
            if (e.statusCode() == 412) {
              return false;
            }
            throw e;
          }
        });
  }

  /** Writes a small object in the place of what is there. */
  public void replace(String key, byte[] content) throws ObjectStoreException {
    call(
        "write",
        key,
        () ->
            client()
                .putObject(
                    put -> put.bucket(address.bucket()).key(full(key)),
                    RequestBody.fromBytes(content)));
  }

  /**
   * Writes a file in the place of what is there, in parts where it is large.
   *
   * @param written told of the bytes of each part
   */
  public void put(String key, Path file, WrittenBytes written) throws ObjectStoreException {
    call(
        "write",
        key,
        () -> {
          long size = Files.size(file);
          if (size > partBytes) {
            new MultipartUpload(client(), address, partBytes).put(full(key), file, size, written);
          } else {
            client()
                .putObject(
                    put -> put.bucket(address.bucket()).key(full(key)), RequestBody.fromFile(file));
            written.wrote(size);
          }
          return size;
        });
  }

  /** All objects whose key begins so. */
  public List<Listed> list(String prefix) throws ObjectStoreException {
    return call(
        "list",
        prefix,
        () -> {
          List<Listed> found = new ArrayList<>();
          for (S3Object object :
              client()
                  .listObjectsV2Paginator(
                      list -> list.bucket(address.bucket()).prefix(full(prefix)))
                  .contents()) {
            String key = object.key().substring(address.prefix().length());
            found.add(new Listed(key, object.size(), object.lastModified()));
          }
          return found;
        });
  }

  /** It need not be there. */
  public void delete(String key) throws ObjectStoreException {
    call(
        "delete",
        key,
        () -> client().deleteObject(delete -> delete.bucket(address.bucket()).key(full(key))));
  }

  private String full(String key) {
    return address.prefix() + key;
  }

  private <T> T call(String what, String key, Call<T> call) throws ObjectStoreException {
    try {
      return call.answer();
    } catch (IOException | SdkException | UncheckedIOException e) {
      failures.increment();
      if (e instanceof AbortedException) {
        Thread.currentThread().interrupt();
      }
      throw failed("%s %s".formatted(what, address.uri(key)), e);
    }
  }

  private static ObjectStoreException failed(String what, Exception e) {
    if (e instanceof SdkException answer) {
      return StoreFaults.of(what, answer);
    }
    return e instanceof ObjectStoreException told
        ? told
        : new ObjectStoreException(Kind.AWAY, "cannot %s: %s".formatted(what, e.getMessage()), e);
  }
}
