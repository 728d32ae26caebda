package io.radstream.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {

  @Test
  void shouldCutWhatASenderMadeEndless() {
    String endless = "x".repeat(1_000_000);

    Origin origin = new Origin(endless, endless);

    assertThat(origin.item()).hasSize(4097).startsWith("xxx").endsWith("…");
    assertThat(origin.peer()).isEqualTo(origin.item());
  }

  @Test
  void shouldNotTellInALogWhatItHolds() {
    Origin origin = new Origin("/in/mueller.dcm", "MUELLER@10.0.0.1");

    assertThat("from " + origin).doesNotContain("ueller", "MUELLER");
  }
}
