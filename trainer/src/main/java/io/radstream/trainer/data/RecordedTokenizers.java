package io.radstream.trainer.data;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.RunOpening;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The tokenizers that the opening of a run has. */
public final class RecordedTokenizers {

  private RecordedTokenizers() {}

  /**
   * @return the caller's to close
   * @throws IOException where they cannot be read
   */
  public static ReportTokenizers of(RunOpening opening) throws IOException {
    ReportTokenizer decoder = tokenizer(opening.getTokenizers().get(Checkpoint.TOKENIZER));
    ByteBuffer encoder = opening.getTokenizers().get(Checkpoint.ENCODER_TOKENIZER);
    return encoder == null
        ? ReportTokenizers.shared(decoder)
        : new ReportTokenizers(decoder, tokenizer(encoder));
  }

  private static ReportTokenizer tokenizer(ByteBuffer file) throws IOException {
    byte[] bytes = new byte[file.remaining()];
    file.duplicate().get(bytes);
    return ReportTokenizer.of(bytes);
  }
}
