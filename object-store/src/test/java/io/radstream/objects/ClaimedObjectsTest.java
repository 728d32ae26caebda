package io.radstream.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.objects.TestBucket.Bucket;
import io.radstream.objects.UnclaimableException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestBucket.class)
class ClaimedObjectsTest {

  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final String SHA256 =
      "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";
  private static final long MOST = 100;

  private Bucket bucket;
  private ObjectStore store;

  @BeforeEach
  void put(Bucket given) throws IOException {
    bucket = given;
    store = bucket.open();
    store.create("study/view/it.png", CONTENT);
  }

  @Test
  void shouldGiveWhatIsClaimed() throws IOException {
    assertThat(objects().read(claim("study/view/it.png", 7, SHA256))).isEqualTo(CONTENT);
    assertThat(store.size("study/view/it.png")).hasValue(7);
    assertThat(store.size("study/view/other.png")).isEmpty();
    assertThat(store.readBytes()).isEqualTo(7);
  }

  @Test
  void shouldSayThatItIsGone() {
    refuses(Reason.GONE, claim("study/view/other.png", 7, SHA256), "there is no s3://");
  }

  @Test
  void shouldRefuseOtherContent() {
    bucket.overwrite("study/view/it.png", "CONTENT".getBytes(UTF_8));

    refuses(Reason.OTHER_CONTENT, claim("study/view/it.png", 7, SHA256), "has another SHA-256");
    refuses(Reason.OTHER_CONTENT, claim("study/view/it.png", 6, SHA256), "has more than 6 bytes");
    refuses(Reason.OTHER_CONTENT, claim("study/view/it.png", 8, SHA256), "has 7 bytes and not 8");
  }

  @Test
  void shouldReadNothingThatIsSaidToBeTooLarge() {
    refuses(
        Reason.OTHER_CONTENT,
        claim("study/view/it.png", MOST + 1, SHA256),
        "is said to have 101 bytes; at most 100 are read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://other-bucket/some/store/study/view/it.png",
        "s3://%s/some/store-2/study/view/it.png",
        "s3://%s/some/store/../store/study/view/it.png",
        "s3://%s/some/store//study/view/it.png",
        "file:/some/store/study/view/it.png"
      })
  void shouldReadNothingBesideItsAddresses(String uri) {
    refuses(
        Reason.ELSEWHERE,
        new Claim(uri.formatted(bucket.name()), 7, SHA256),
        "is not below [s3://");
  }

  @Test
  void shouldAskAgainWhereTheStoreIsAway() throws Exception {
    bucket.server().stop();
    CountDownLatch asked = new CountDownLatch(1);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      ClaimedObjects patient = new ClaimedObjects(List.of(store), MOST, Tries.after(0, 1, 30));
      Future<byte[]> read =
          reader.submit(
              () -> {
                asked.countDown();
                return patient.read(claim("study/view/it.png", 7, SHA256));
              });
      asked.await();
      while (store.failures() == 0) {
        Thread.onSpinWait();
      }
      bucket.server().start();

      assertThat(read.get()).isEqualTo(CONTENT);
    } finally {
      reader.shutdownNow();
    }
  }

  @Test
  void shouldSayThatTheStoreIsAway() {
    bucket.server().stop();
    try {
      assertThatThrownBy(() -> objects().read(claim("study/view/it.png", 7, SHA256)))
          .isInstanceOfSatisfying(
              ObjectStoreException.class, failure -> assertThat(failure.isAway()).isTrue())
          .hasMessageContaining("the store does not answer");
    } finally {
      bucket.server().start();
    }
  }

  @Test
  void shouldNotAskAgainWhereTheStoreRefuses() {
    ObjectStore stranger = ObjectStore.at(bucket.address(), bucket.connection("not-the-secret"));
    ClaimedObjects patient = new ClaimedObjects(List.of(stranger), MOST, Tries.after(30, 30));

    assertThatThrownBy(() -> patient.read(claim("study/view/it.png", 7, SHA256)))
        .isInstanceOfSatisfying(
            ObjectStoreException.class, failure -> assertThat(failure.isAway()).isFalse());
    assertThat(patient.failures()).isEqualTo(1);
  }

  private ClaimedObjects objects() {
    return new ClaimedObjects(List.of(store), MOST, Tries.after());
  }

  private Claim claim(String key, long bytes, String sha256) {
    return new Claim(bucket.address().uri(key).toString(), bytes, sha256);
  }

  private void refuses(Reason reason, Claim claim, String message) {
    assertThatThrownBy(() -> objects().read(claim))
        .isInstanceOfSatisfying(
            UnclaimableException.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }
}
