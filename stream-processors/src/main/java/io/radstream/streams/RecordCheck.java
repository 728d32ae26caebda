package io.radstream.streams;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.OriginalPlace;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Decides whether one record can be part of a study. A record is taken whole or not at all: one bad
 * view refuses the record, so that each record has one outcome.
 */
final class RecordCheck {

  /** The outcome for one record. */
  sealed interface Checked {

    record Accepted(Study study) implements Checked {}

    /** It names another patient than its study does, and is good but for that. */
    record OfAnother(Study study) implements Checked {}

    record Merged(PatientMerge patients) implements Checked {}

    /**
     * @param forGood whether the same bytes will be refused for ever; an unknown schema may become
     *     known
     */
    record Refused(Refusal refusal, boolean forGood) implements Checked {}
  }

  private final RecordReader<Study> reader;
  private final String topic;
  private final ImageDecoder decoder = new ImageDecoder();

  RecordCheck(RecordReader<Study> reader, String topic) {
    this.reader = reader;
    this.topic = topic;
  }

  /**
   * @param record whose key must be the study's id
   * @param digest of the record
   * @param patientId the patient of the study's earlier parts; empty where there are none
   * @param survivor who a patient is now
   * @throws io.radstream.schemas.RegistryUnavailableException where the registry did not answer:
   *     the record may be good
   */
  Checked check(
      StudyRecord record, RecordDigest digest, String patientId, UnaryOperator<String> survivor) {
    Decoded<Study> decoded = reader.read(topic, record.value());
    if (decoded instanceof Decoded.Invalid<Study> invalid) {
      return new Checked.Refused(new Refusal(invalid.reason(), invalid.message()), false);
    }
    Study study = ((Decoded.Valid<Study>) decoded).value();
    Optional<PatientMerge> merge = PatientMerge.of(study);
    Optional<Refusal> refusal =
        checkKey(study, record.studyId())
            .or(
                () ->
                    merge.isPresent()
                        ? merge.get().fault(study)
                        : checkOriginals(study).or(() -> checkViews(study, record, digest)));
    if (refusal.isPresent()) {
      return new Checked.Refused(refusal.get(), true);
    }
    if (merge.isPresent()) {
      return new Checked.Merged(merge.get());
    }
    // Accepted, it could put one patient on both sides of the split.
    return isOfAnother(study.getPatientId(), patientId, survivor)
        ? new Checked.OfAnother(study)
        : new Checked.Accepted(study);
  }

  /** Where the bytes are the sender's, its word counts. */
  private Optional<Refusal> checkViews(Study study, StudyRecord record, RecordDigest digest) {
    return record.isAsSent(digest)
        ? Optional.empty()
        : study.getViews().stream()
            .flatMap(view -> checkView(view, record.isVouchedFor()).stream())
            .findFirst();
  }

  /** Their form alone, whoever sent it: whether they are there, whoever reads them will see. */
  private static Optional<Refusal> checkOriginals(Study study) {
    return study.getViews().stream()
        .flatMap(view -> OriginalPlace.fault(study.getStudyId(), view).stream())
        .findFirst()
        .map(fault -> new Refusal(RejectionReason.INVALID_RECORD, fault));
  }

  private static Optional<Refusal> checkKey(Study study, String studyId) {
    return studyId.equals(study.getStudyId())
        ? Optional.empty()
        : Optional.of(
            new Refusal(RejectionReason.INVALID_RECORD, "the record's key is not its study id"));
  }

  private static boolean isOfAnother(
      String named, String patientId, UnaryOperator<String> survivor) {
    return !patientId.isEmpty()
        && !patientId.equals(named)
        && !survivor.apply(patientId).equals(survivor.apply(named));
  }

  /** The view's own digest tells as well that its bytes are the sender's. */
  private Optional<Refusal> checkView(View view, boolean encoded) {
    if (!Sha256.of(view.getPixels()).equals(view.getSha256())) {
      return Optional.of(
          new Refusal(RejectionReason.INVALID_RECORD, "a view's sha256 does not match its pixels"));
    }
    try {
      if (!encoded) {
        decoder.check(bytes(view.getPixels()));
      }
      return Optional.empty();
    } catch (UnreadableImageException e) {
      return Optional.of(new Refusal(reason(e.reason()), e.getMessage()));
    }
  }

  private static RejectionReason reason(UnreadableImageException.Reason reason) {
    return switch (reason) {
      case UNDECODABLE -> RejectionReason.UNDECODABLE_IMAGE;
      case TOO_SMALL -> RejectionReason.IMAGE_TOO_SMALL;
      case TOO_LARGE -> RejectionReason.IMAGE_TOO_LARGE;
    };
  }

  /** As it lies there where nothing else lies beside it. */
  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.array().length == buffer.remaining()) {
      return buffer.array();
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
