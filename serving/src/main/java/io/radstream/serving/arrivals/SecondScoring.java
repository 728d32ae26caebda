package io.radstream.serving.arrivals;

import io.radstream.schemas.StudyScore;
import io.radstream.serving.pictures.LostPictureException;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.PicturesAwayException;
import io.radstream.serving.receipt.Evidence;
import io.radstream.serving.receipt.GivenReceipt;
import io.radstream.serving.receipt.InvalidReceiptException;
import io.radstream.serving.receipt.ReceiptCheckpoint;
import io.radstream.serving.receipt.ReceiptPayload;
import io.radstream.serving.receipt.ReceiptReader;
import io.radstream.serving.receipt.ScoreComparison;
import io.radstream.serving.receipt.VerifiedReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has one study after the other scored again, as its receipt says. For one thread. */
final class SecondScoring implements AutoCloseable {

  private final SourceViews sources;
  private final ReplayEvidence evidence;
  private final ReceiptReader receipts = new ReceiptReader();

  /** Both are closed with this. */
  SecondScoring(SourceViews sources, ReplayEvidence evidence) {
    this.sources = sources;
    this.evidence = evidence;
  }

  /**
   * @throws UncheckedIOException where the checkpoint's files cannot be read
   * @throws PicturesAwayException where pictures cannot be read now from where they are said to be
   */
  ScoredAgain again(StudyScore score) {
    if (score.getRefused() != null) {
      return new ScoredAgain.Refused();
    }
    if (score.getReceipt() == null || score.getSource() == null) {
      return new ScoredAgain.NotAgain("the record has no receipt, or names no source");
    }
    GivenReceipt given;
    try {
      given = receipts.read(score.getReceipt());
    } catch (InvalidReceiptException e) {
      return new ScoredAgain.NotAgain("its receipt cannot be read: " + e.getMessage());
    }
    if (!isOf(score, given.receipt().payload())) {
      return new ScoredAgain.Different(
          "the record's checkpoint or probabilities are not those of its receipt",
          Optional.empty());
    }
    Optional<Arrival> source = sources.read(score.getSource());
    if (source.isEmpty() || source.get().views().isEmpty()) {
      return new ScoredAgain.NotAgain("its views are gone from the topic");
    }
    return again(given, source.get());
  }

  private static boolean isOf(StudyScore score, ReceiptPayload payload) {
    Map<String, Double> probabilities =
        payload.scores().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().probability()));
    return score.getCheckpointId().equals(payload.checkpoint().id())
        && score.getProbabilities().equals(probabilities);
  }

  private ScoredAgain again(GivenReceipt given, Arrival source) {
    ReceiptCheckpoint checkpoint = given.receipt().payload().checkpoint();
    Map<String, byte[]> images;
    try {
      images =
          new PictureReader(evidence.originals())
              .named(source.views(), given.receipt().payload().input().views());
    } catch (LostPictureException e) {
      return new ScoredAgain.NotAgain(e.getMessage());
    } catch (PicturesAwayException e) {
      if (evidence.originals().isEmpty()) {
        return new ScoredAgain.NotAgain(e.getMessage());
      }
      throw e;
    }
    try {
      return told(
          evidence
              .verifier()
              .verify(
                  given,
                  new Evidence(
                      evidence.key(),
                      evidence.store().files(checkpoint.line(), checkpoint.step()),
                      images,
                      evidence.prompts())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScoredAgain told(VerifiedReceipt verified) {
    Optional<String> obstacle = verified.obstacle();
    if (obstacle.isPresent()) {
      return new ScoredAgain.NotAgain(obstacle.get());
    }
    Optional<String> means = verified.otherMeans();
    return verified.scores().stream()
        .filter(score -> score.agreement() == ScoreComparison.Agreement.DIFFERENT)
        .map(
            score ->
                "%s was %s, and is %s".formatted(score.finding(), score.receipt(), score.again()))
        .findFirst()
        .or(() -> verified.fault().map(wrong -> wrong.name() + ": " + wrong.detail()))
        .<ScoredAgain>map(what -> new ScoredAgain.Different(what, means))
        .orElseGet(() -> new ScoredAgain.Same(means));
  }

  @Override
  public void close() {
    sources.close();
    evidence.verifier().close();
  }
}
