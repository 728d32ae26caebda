package io.radstream.serving.panel;

import io.radstream.serving.fleet.Exam;
import io.radstream.serving.fleet.JudgingStoppedException;
import io.radstream.serving.fleet.Known;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.StudyScoring;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a checkpoint answer only where, on a panel of labelled studies, no finding is worse than by
 * the live one beyond the bootstrap interval of the difference. The same panel and the same two
 * checkpoints always give the same verdict.
 */
public final class GatePolicy implements ServingPolicy {

  private static final Logger LOG = LoggerFactory.getLogger(GatePolicy.class);

  /** The live one, the one before, and those that are judged against them. */
  private static final int REMEMBERED = 4;

  /** So many findings are named in a reason; the figures have all. */
  private static final int NAMED = 3;

  private static final int DIGITS = 12;

  private final Panel panel;
  private final GateSettings settings;

  /** What the last models made of the panel, the one that was asked for last at the end. */
  private final Map<ModelIdentity, PanelScores> scored = new LinkedHashMap<>();

  /** Scores the panel; empty before the start, where whoever judges does. */
  private Optional<PanelThread> thread = Optional.empty();

  public GatePolicy(Panel panel, GateSettings settings) {
    this.panel = panel;
    this.settings = settings;
  }

  /** Another panel judges anew, and so does another interval. */
  @Override
  public String name() {
    return "gate %s at %s".formatted(panel.digest().substring(0, DIGITS), settings.level());
  }

  @Override
  public synchronized void start() {
    thread = Optional.of(new PanelThread());
  }

  @Override
  public synchronized void close() {
    thread.ifPresent(PanelThread::close);
    thread = Optional.empty();
  }

  @Override
  public Verdict judge(Known known) {
    return known.failure().<Verdict>map(Verdict.Refuse::new).orElseGet(() -> judge(known.exam()));
  }

  /**
   * Of a candidate that could be loaded.
   *
   * @throws JudgingStoppedException where the examination is broken off
   */
  public synchronized Verdict judge(Exam exam) {
    StudyScoring candidate = exam.candidate().orElseThrow();
    PanelScores scores;
    try {
      scores = scores(candidate, exam);
    } catch (JudgingStoppedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return new Verdict.Refuse("it failed on a study of the panel: " + e.getMessage());
    }
    PanelComparison comparison =
        new PanelComparison(
            panel, settings, scores, exam.live().flatMap(live -> ofLive(live, exam)));
    List<JudgedFinding> judged = comparison.judge(exam);
    return verdict(comparison, judged);
  }

  /** A live one that fails on the panel is nothing to be compared with. */
  private Optional<PanelScores> ofLive(StudyScoring live, Exam exam) {
    try {
      return Optional.of(scores(live, exam));
    } catch (JudgingStoppedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.atWarn()
          .addKeyValue("checkpoint", live.identity().checkpointId())
          .log("the live checkpoint failed on a study of the panel: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private PanelScores scores(StudyScoring model, Exam exam) {
    PanelScores known = scored.remove(model.identity());
    PanelScores scores = known == null ? score(model, exam) : known;
    scored.put(model.identity(), scores);
    if (scored.size() > REMEMBERED) {
      scored.remove(scored.keySet().iterator().next());
    }
    return scores;
  }

  private PanelScores score(StudyScoring model, Exam exam) {
    Supplier<PanelScores> passes = () -> PanelScores.of(panel, model, exam);
    return thread.map(of -> of.call(passes)).orElseGet(passes);
  }

  private Verdict verdict(PanelComparison comparison, List<JudgedFinding> judged) {
    Map<String, Double> figures = comparison.figures();
    List<String> missing = comparison.missing();
    if (!missing.isEmpty()) {
      return new Verdict.Hold(
          "it does not score %s, which the live one does".formatted(named(missing)), figures);
    }
    if (judged.isEmpty()) {
      return new Verdict.Hold(
          "it scores no finding that at least %d patients of the panel have and %d have not"
              .formatted(settings.least(), settings.least()),
          figures);
    }
    List<JudgedFinding> worse = judged.stream().filter(JudgedFinding::isWorse).toList();
    if (!worse.isEmpty()) {
      return new Verdict.Hold(
          "it is worse than the live one on the panel: " + texts(worse), figures);
    }
    return new Verdict.Promote(
        (comparison.isCompared()
                ? "no finding is worse than by the live one on the panel"
                : "there is nothing to compare its findings with on the panel")
            + " (findings: %d, studies: %d): %s"
                .formatted(judged.size(), panel.studies().size(), texts(judged)),
        figures);
  }

  private static String texts(List<JudgedFinding> judged) {
    return named(
        judged.stream()
            .sorted(
                Comparator.comparingDouble(JudgedFinding::gap)
                    .thenComparingDouble(JudgedFinding::auc))
            .map(JudgedFinding::text)
            .toList());
  }

  private static String named(List<String> all) {
    String some = all.stream().limit(NAMED).collect(Collectors.joining("; "));
    return all.size() > NAMED ? some + "; and " + (all.size() - NAMED) + " more" : some;
  }
}
