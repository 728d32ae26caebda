package io.radstream.radiology.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tokenizers of a network's two text parts, which mostly share one.
 *
 * @param decoder of the report transformer
 * @param encoder of the report encoder; the same object where they share one
 */
public record ReportTokenizers(ReportTokenizer decoder, ReportTokenizer encoder)
    implements AutoCloseable {

  /** One tokenizer for both. */
  public static ReportTokenizers shared(ReportTokenizer tokenizer) {
    return new ReportTokenizers(tokenizer, tokenizer);
  }

  /**
   * @param encoderFile that of the report encoder, where it has one of its own
   * @throws IOException as {@link ReportTokenizer#load}
   */
  public static ReportTokenizers load(Path file, Optional<Path> encoderFile) throws IOException {
    ReportTokenizer decoder = ReportTokenizer.load(file);
    if (encoderFile.isEmpty()) {
      return shared(decoder);
    }
    try {
      return of(decoder, ReportTokenizer.load(encoderFile.get()));
    } catch (IOException | RuntimeException e) {
      decoder.close();
      throw e;
    }
  }

  private static ReportTokenizers of(ReportTokenizer decoder, ReportTokenizer encoder) {
    if (decoder.fingerprint().equals(encoder.fingerprint())) {
      encoder.close();
      return shared(decoder);
    }
    return new ReportTokenizers(decoder, encoder);
  }

  /** Whether both parts read the same token ids. */
  public boolean areShared() {
    return decoder == encoder;
  }

  /** That of the tokenizer; of two, both with a plus sign between, the decoder's first. */
  public String fingerprint() {
    return areShared()
        ? decoder.fingerprint()
        : decoder.fingerprint() + "+" + encoder.fingerprint();
  }

  @Override
  public void close() {
    decoder.close();
    if (!areShared()) {
      encoder.close();
    }
  }
}
