package io.radstream.producers.hl7;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.hl7.message.CharacterSets;
import io.radstream.producers.hl7.message.Hl7Header;
import io.radstream.producers.hl7.message.Hl7Reader;
import io.radstream.producers.hl7.message.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code benchmarks/fuzz} found. */
class HostileMessagesTest {

  private final Hl7Reader reader = new Hl7Reader(new CharacterSets(Optional.empty()));

  private void read(String text) throws UnreadableMessageException {
    String message = Messages.report("7", List.of(Messages.tx(1, text)));
    byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
    reader.read(bytes, Hl7Header.of(bytes).orElseThrow());
  }

  /** Of the first 80,000 took ten seconds, of the second 52,000 half a minute. */
  @ParameterizedTest
  @ValueSource(strings = {"&", "^"})
  void shouldRefuseAFieldOfCountlessParts(String separator) {
    assertThatThrownBy(() -> read(separator.repeat(80_000)))
        .isInstanceOf(UnreadableMessageException.class)
        .hasMessageContaining("too many components or subcomponents");
  }

  @Test
  void shouldReadATextWithManyAmpersands() {
    assertThatCode(() -> read("heart & lungs, ".repeat(900))).doesNotThrowAnyException();
  }
}
