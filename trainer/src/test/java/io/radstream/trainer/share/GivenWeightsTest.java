package io.radstream.trainer.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.trainer.ranks.RankMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GivenWeightsTest {

  @Test
  void shouldLeaveNothingBehindOfWhatComesTooLate() throws Exception {
    GivenWeights weights = new GivenWeights();
    weights.expect(new RankMessage.Weights(2, 2));
    weights.piece(new byte[2]);
    weights.close();
    Set<Path> before = directories();

    weights.piece(new byte[2]);

    assertThat(directories()).isEqualTo(before);
  }

  private static Set<Path> directories() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("radstream-rank"))
          .collect(Collectors.toSet());
    }
  }
}
