package io.radstream.trainer.augment;

import io.radstream.radiology.report.VocabularyIds;
import java.util.Optional;

/** How the report of a mirrored study is come by. */
public sealed interface ReportMirroring {

  /**
   * What the report is for the mirrored study; empty where the study must be shown as it is, since
   * its report cannot follow.
   */
  Optional<ReportTokens> of(PreparedStudy study);

  /** Whether a mirrored study's labels are those of the other side. */
  boolean exchangesLabels();

  /** As the stage wrote it, from the words of the text. */
  record AsStaged() implements ReportMirroring {

    @Override
    public Optional<ReportTokens> of(PreparedStudy study) {
      return study.mirrored();
    }

    @Override
    public boolean exchangesLabels() {
      return true;
    }
  }

  /**
   * By exchanging the tokens "left" and "right", which misses every other word for a side. Runs of
   * before the stage wrote mirrored reports are repeated so.
   *
   * @param decoder vocabulary of the report transformer
   * @param encoder vocabulary of the report encoder
   */
  record ByTokenIds(VocabularyIds decoder, VocabularyIds encoder) implements ReportMirroring {

    @Override
    public Optional<ReportTokens> of(PreparedStudy study) {
      return decoder.canMirror() && encoder.canMirror()
          ? Optional.of(study.report().mirror(decoder, encoder))
          : Optional.empty();
    }

    @Override
    public boolean exchangesLabels() {
      return false;
    }
  }

  /** No study is mirrored: what is learned of it names a side that cannot be exchanged. */
  record Never() implements ReportMirroring {

    @Override
    public Optional<ReportTokens> of(PreparedStudy study) {
      return Optional.empty();
    }

    @Override
    public boolean exchangesLabels() {
      return false;
    }
  }
}
