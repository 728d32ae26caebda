package io.radstream.serving.score;

import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.model.config.Generation;
import io.radstream.model.explain.ExplainedScore;
import io.radstream.model.explain.MapKind;
import io.radstream.model.explain.StudyMaps;
import io.radstream.model.generation.ReportDesk;
import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** A network together with what it scores: all that answers a request. Thread-safe. */
public final class ScoringModel implements StudyScoring, AutoCloseable {

  private final ModelIdentity identity;
  private final StudyNetwork network;
  private final FindingScorer findings;
  private final Map<String, FindingScorer> named;
  private final StudyPreparation preparation;
  private final ReportTexts texts;
  private volatile ModelCalibration calibration = ModelCalibration.NONE;

  private ScoringModel(
      ModelIdentity identity,
      StudyNetwork network,
      FindingScorer findings,
      Map<String, FindingScorer> named,
      ReportTexts texts) {
    this.identity = identity;
    this.network = network;
    this.findings = findings;
    this.named = named;
    this.texts = texts;
    this.preparation = new StudyPreparation(network.imageSize());
  }

  /**
   * Embeds the prompts and runs one empty study through the network, so that the first real one is
   * as fast as the next.
   *
   * @param network closed together with the model
   * @param texts closed together with the model
   * @throws IllegalArgumentException where the network gives what is not numbers, or can score
   *     nothing
   */
  public static ScoringModel warm(
      ModelIdentity identity, StudyNetwork network, ReportTexts texts, PromptSet prompts) {
    return warm(identity, network, texts, FindingSets.of(prompts));
  }

  /** The same for several sets of findings. */
  public static ScoringModel warm(
      ModelIdentity identity, StudyNetwork network, ReportTexts texts, FindingSets sets) {
    FindingScorer findings = FindingScorer.of(network, texts::tokens, sets.prompts());
    Map<String, FindingScorer> named = new HashMap<>();
    sets.named()
        .forEach(
            (name, set) ->
                FindingScorer.of(network, texts::tokens, set)
                    .ifPresent(scorer -> named.put(name, scorer)));
    ScoringModel model = new ScoringModel(identity, network, findings, Map.copyOf(named), texts);
    int side = network.imageSize();
    StudyNetwork.Seen seen = network.see(new float[ViewSelection.VIEWS * side * side], 1);
    boolean usable =
        Vectors.isFinite(seen.vectors()[0])
            && Stream.concat(Stream.of(findings), named.values().stream())
                .flatMap(scorer -> scorer.probabilities(seen, 0).values().stream())
                .allMatch(Double::isFinite);
    if (!usable) {
      throw new IllegalArgumentException("the network gives vectors that are not numbers");
    }
    return model;
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  public Set<Capability> capabilities() {
    return network.capabilities();
  }

  /** How each finding of the default set is scored, as calibrations are named. */
  public Map<String, CalibratedFinding.Scored> ways() {
    return findings.ways();
  }

  public Offer offer() {
    Set<String> sets = new HashSet<>(named.keySet());
    sets.add(FindingSets.ALL);
    return new Offer(capabilities(), sets);
  }

  /** How its answers are read. */
  public ModelCalibration calibration() {
    return calibration;
  }

  /** Has its answers read in another way from the next pass on. */
  public void calibrate(ModelCalibration other) {
    this.calibration = other;
  }

  /** Side of what the network sees of a view, in pixels. */
  public int imageSize() {
    return network.imageSize();
  }

  /**
   * @throws UnusableViewException naming the first view that is not a usable radiograph
   */
  public StudyInput prepare(StudyViews views) {
    return preparation.prepare(views);
  }

  /**
   * The same with the help of threads that have nothing else to do.
   *
   * @throws UnusableViewException as above
   */
  StudyInput prepare(StudyViews views, Executor helpers) {
    return preparation.prepare(views, helpers);
  }

  /** What the views of a study look like from afar, as calibrations know them; zeros if blank. */
  public static List<float[]> sketches(StudyInput study) {
    return PictureSketch.of(study.images());
  }

  /** Whether a study that was prepared for another model is fit for this one. */
  public boolean takes(StudyInput input) {
    int side = network.imageSize();
    return input.images().length == ViewSelection.VIEWS * side * side;
  }

  /**
   * One pass through the network for all of the studies.
   *
   * @throws IllegalStateException where the network leaves out one of them
   */
  SeenStudies see(List<StudyInput> studies) {
    return new SeenStudies(
        identity,
        findings,
        named,
        calibration,
        studies,
        network.see(joined(studies), studies.size()));
  }

  /**
   * The same, read at once.
   *
   * @throws IllegalStateException where the network leaves out one of them, or gives what is no
   *     number
   */
  public List<ScoredStudy> score(List<StudyInput> studies) {
    return see(studies).readAll();
  }

  /** A study that is scored again as it was the first time. */
  public ScoredStudy scoreIn(Pass pass, StudyInput study) {
    return see(pass.around(study)).read(pass.place());
  }

  /**
   * Where in a study a score comes from, in a pass of its own.
   *
   * @throws InvalidQuestionException where the network does not score what is asked for, or has no
   *     such map
   */
  public StudyMaps explain(StudyInput study, ExplainedQuestion question) {
    ExplainedScore score = question.of(this);
    try {
      return network.explain(study.images(), score, question.kind());
    } catch (IllegalArgumentException e) {
      throw new InvalidQuestionException(e.getMessage(), e);
    }
  }

  /** Those that {@link #explain} has. */
  public Set<MapKind> maps() {
    return network.maps();
  }

  /**
   * Where its reports are written. Of one thread, and closed before the model.
   *
   * @throws NotCapableException where it writes none
   */
  public ReportDesk desk() {
    if (!capabilities().contains(Capability.REPORTS)) {
      throw new NotCapableException(identity, Capability.REPORTS);
    }
    return network.desk();
  }

  /** How its reports are begun and ended, and what they must not have. */
  public Generation writing() {
    return texts.writing(network.reportVocabulary());
  }

  Optional<ExplainedScore> finding(String name) {
    return findings.explained(name);
  }

  Set<String> findingNames() {
    return findings.ways().keySet();
  }

  /** What sentences are alike in a study: the cosine, divided by the temperature. */
  ExplainedScore words(String text) {
    if (!capabilities().contains(Capability.PROMPTS)) {
      throw new NotCapableException(identity, Capability.PROMPTS);
    }
    float[] vector = network.embedReports(new int[][] {texts.tokens(text)})[0];
    return new ExplainedScore.Stated(vector, network.temperature());
  }

  private static float[] joined(List<StudyInput> studies) {
    float[] first = studies.get(0).images();
    if (studies.size() == 1) {
      return first;
    }
    float[] images = new float[Math.multiplyExact(studies.size(), first.length)];
    for (int i = 0; i < studies.size(); i++) {
      System.arraycopy(studies.get(i).images(), 0, images, i * first.length, first.length);
    }
    return images;
  }

  @Override
  public List<ScoredStudy> scoreViews(List<StudyViews> studies) {
    return score(studies.stream().map(this::prepare).toList());
  }

  /**
   * What its calibration makes of probabilities of a set of findings.
   *
   * @param set one that it can score
   * @param raw finding to what the network says; others than those of the set are left as they are
   */
  public Map<String, Double> calibrated(String set, Map<String, Double> raw) {
    FindingScorer scorer = set.equals(FindingSets.ALL) ? findings : named.get(set);
    return calibration.read(scorer.ways(), raw, Optional.empty()).probabilities();
  }

  /** How it reads texts. */
  public ReportTexts texts() {
    return texts;
  }

  /**
   * Unit vectors of texts; needs {@link Capability#PROMPTS}.
   *
   * @param tokens ids from start to end token, of each; what is longer than the network reads loses
   *     its end
   */
  public float[][] embedReports(int[][] tokens) {
    int[][] read = new int[tokens.length][];
    for (int i = 0; i < tokens.length; i++) {
      read[i] = cut(tokens[i]);
    }
    return network.embedReports(read);
  }

  private int[] cut(int[] tokens) {
    if (tokens.length <= network.maxTokens()) {
      return tokens;
    }
    int[] read = Arrays.copyOf(tokens, network.maxTokens());
    read[read.length - 1] = tokens[tokens.length - 1];
    return read;
  }

  @Override
  public void close() {
    try {
      network.close();
    } finally {
      texts.close();
    }
  }
}
