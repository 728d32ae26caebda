package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.objects.TestBucket;
import io.radstream.objects.TestBucket.Bucket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestBucket.class)
class FetchCommandTest {

  @TempDir private Path folder;

  @Test
  void shouldSayThatALineHasNoCheckpoint(Bucket bucket) {
    Invocation bare = fetch(bucket, bucket.address().toString());

    assertThat(bare.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(bare.err()).contains("there is no checkpoint of line short in " + bucket.address());
    assertThat(fetch(bucket, "s3://no-such-bucket").err())
        .contains("there is no such bucket; make it, or correct the address");
    assertThat(fetch(bucket, folder.toString()).err())
        .contains("there is no checkpoint of line short in " + folder);
  }

  @Test
  void shouldRefuseWhatIsNoAddress(Bucket bucket) {
    Invocation refused = fetch(bucket, "s3://UPPER/case");

    assertThat(refused.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(refused.err()).contains("s3://UPPER/case is not s3://bucket/prefix");
  }

  private Invocation fetch(Bucket bucket, String store) {
    return Invocation.of(
        new Machine(bucket, folder.resolve("cache")).command(),
        "fetch",
        "--store=" + store,
        "--line=short");
  }
}
