package io.radstream.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.objects.TestBucket.Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;

@ExtendWith(TestBucket.class)
class ObjectStoreTest {

  private static final int PART = 5 << 20;

  @TempDir private Path folder;

  @Test
  void shouldGiveBackWhatWasWritten(Bucket bucket) throws IOException {
    ObjectStore store = bucket.open();
    Path file = Files.writeString(folder.resolve("file"), "content");

    store.put("line/a file", file, bytes -> {});

    assertThat(store.read("line/a file", 7)).hasValue("content".getBytes(UTF_8));
    assertThat(store.list("line/"))
        .extracting(ObjectStore.Listed::key)
        .containsExactly("line/a file");
    store.delete("line/a file");
    assertThat(store.read("line/a file", 7)).isEmpty();
    assertThat(store.fetch("line/a file", folder.resolve("copy"), 7, () -> {})).isFalse();
  }

  @Test
  void shouldWriteALargeFileInParts(Bucket bucket) throws IOException {
    ObjectStore store = new ObjectStore(bucket.connection("secret"), bucket.address(), PART);
    byte[] content = new byte[2 * PART + 17];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    List<Long> written = new ArrayList<>();

    store.put("large", file, written::add);

    assertThat(written).containsExactly((long) PART, (long) PART, 17L);
    Path copy = folder.resolve("copy");
    assertThat(store.fetch("large", copy, content.length, () -> {})).isTrue();
    assertThat(copy).hasSameBinaryContentAs(file);
    assertThat(store.readBytes()).isEqualTo(content.length);
    assertThat(store.failures()).isZero();
  }

  @Test
  void shouldWriteANewObjectOnce(Bucket bucket) throws IOException {
    ObjectStore store = bucket.open();

    assertThat(store.create("state", "first".getBytes(UTF_8))).isTrue();
    assertThat(store.create("state", "second".getBytes(UTF_8))).isFalse();
    assertThat(store.read("state", 100)).hasValue("first".getBytes(UTF_8));

    store.replace("state", "third".getBytes(UTF_8));
    assertThat(store.read("state", 100)).hasValue("third".getBytes(UTF_8));
  }

  @Test
  void shouldReadNoMoreThanIsAskedFor(Bucket bucket) throws IOException {
    ObjectStore store = bucket.open();
    store.replace("large", new byte[100]);

    assertThatThrownBy(() -> store.read("large", 99))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("large has more than 99 bytes");
    assertThatThrownBy(() -> store.fetch("large", folder.resolve("copy"), 99, () -> {}))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("large has more than 99 bytes");
  }

  @Test
  void shouldSayThatThereIsNoBucket(Bucket bucket) throws IOException {
    ObjectStore store =
        ObjectStore.at(ObjectAddress.parse("s3://elsewhere"), bucket.connection("secret"));

    assertThatThrownBy(() -> store.read("state", 1))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessage(
            "cannot read s3://elsewhere/state: there is no such bucket; make it, or correct the address (NoSuchBucket)");
  }

  @Test
  void shouldSayThatTheSecretIsWrongAndNotShowIt(Bucket bucket) throws IOException {
    ObjectStore store = ObjectStore.at(bucket.address(), bucket.connection("not-the-secret"));

    assertThatThrownBy(() -> store.replace("state", new byte[1]))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("the secret is not the key's; see AWS_ACCESS_KEY_ID")
        .hasMessageNotContaining("not-the-secret");
  }

  @Test
  void shouldSayThatTheStoreDoesNotAnswer(Bucket bucketWithCredentials) {
    Map<String, String> environment = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    ObjectStore store =
        ObjectStore.at(ObjectAddress.parse("s3://bucket"), S3Connection.of(environment::get));

    assertThatThrownBy(() -> store.list("line/"))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("the store does not answer")
        .hasMessageContaining("AWS_ENDPOINT_URL_S3");
    assertThat(store.failures()).isEqualTo(1);
  }

  @Test
  void shouldSayThatTheStoreIsSilent() {
    ObjectStoreException failure =
        StoreFaults.of("read s3://bucket/it", ApiCallAttemptTimeoutException.create(10_000));

    assertThat(failure.isAway()).isTrue();
    assertThat(failure)
        .hasMessage(
            "cannot read s3://bucket/it: the store does not answer in time; see AWS_ENDPOINT_URL_S3");
  }

  @Test
  void shouldSayThatCertificatesCannotBeRead() {
    Map<String, String> environment =
        Map.of("AWS_ENDPOINT_URL", "https://127.0.0.1:1", "AWS_CA_BUNDLE", "/no/such/file");

    assertThatThrownBy(
            () ->
                ObjectStore.at(
                        ObjectAddress.parse("s3://bucket"), S3Connection.of(environment::get))
                    .list(""))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("AWS_CA_BUNDLE: /no/such/file cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3://", "s3://B", "s3://bucket//x", "s3://bucket/../x", "s3://bucket/a b", "dir"})
  void shouldRefuseWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> ObjectAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not s3://bucket/prefix");
  }

  @Test
  void shouldKnowItsOwnAddresses() {
    ObjectAddress address = ObjectAddress.parse("s3://bucket/a/b/");

    assertThat(address).hasToString("s3://bucket/a/b");
    assertThat(address.uri("key")).hasToString("s3://bucket/a/b/key");
    assertThat(address.keyOf("s3://bucket/a/b/key")).hasValue("key");
    assertThat(address.keyOf("s3://bucket/a/bb/key")).isEmpty();
    assertThat(ObjectAddress.parse("s3://bucket").uri("key")).hasToString("s3://bucket/key");
  }
}
