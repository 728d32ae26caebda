package io.radstream.serving.http;

import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.receipt.Receipt;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.score.ScoredStudy;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Whether a request asks for a receipt, and what of it the receipt needs. */
final class AskedReceipt {

  private static final String PARAMETER = "receipt";

  private final boolean asked;
  private final Receipts receipts;

  /** Set where the views are read. */
  private final AtomicReference<List<String>> digests = new AtomicReference<>();

  private AskedReceipt(boolean asked, Receipts receipts) {
    this.asked = asked;
    this.receipts = receipts;
  }

  /**
   * @throws ProblemException where the parameter is neither true nor false
   */
  static AskedReceipt of(RoutingContext context, Receipts receipts) {
    List<String> given =
        RequestMeters.route(context).equals(ScoringEndpoints.SCORE)
            ? context.queryParam(PARAMETER)
            : List.of();
    String value = given.isEmpty() ? "false" : given.get(0);
    if (given.size() > 1 || !List.of("true", "false").contains(value)) {
      throw new ProblemException(
          Problem.badRequest("bad_receipt", "receipt is true, or false, or absent for false"));
    }
    return new AskedReceipt(value.equals("true"), receipts);
  }

  /** The same views, of which is kept what they were. */
  Supplier<StudyViews> noting(Supplier<StudyViews> views) {
    if (!asked) {
      return views;
    }
    return () -> {
      StudyViews study = views.get();
      digests.set(study.digests());
      return study;
    };
  }

  /**
   * To be asked for when the study has been scored.
   *
   * @param scored by the set of findings
   * @return empty where none was asked for
   */
  Future<Optional<Receipt>> given(RoutingContext context, ScoredStudy scored, String set) {
    return asked
        ? context
            .vertx()
            .executeBlocking(() -> Optional.of(receipts.of(scored, set, digests.get())), false)
        : Future.succeededFuture(Optional.empty());
  }
}
