package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.serving.access.Access;
import io.radstream.serving.compare.Comparison;
import io.radstream.serving.compare.Comparisons;
import io.radstream.serving.compare.Disagreement;
import io.radstream.serving.compare.FindingAgreement;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.score.ModelIdentity;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code /v1/models/comparison}: the live model and those on trial on the same studies. */
record ComparisonEndpoints(Comparisons comparisons, ModelFleet fleet) implements EndpointGroup {

  private record Answer(double moved, List<PairAnswer> comparisons) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record PairAnswer(
      ModelAnswer live,
      ModelAnswer trial,
      String role,
      long studies,
      long failed,
      long dropped,
      Map<String, FindingAnswer> findings,
      List<StudyAnswer> worklist) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record FindingAnswer(
      long studies,
      double meanDifference,
      double moved,
      double sameDecision,
      Double rankCorrelation) {

    static FindingAnswer of(FindingAgreement finding) {
      return new FindingAnswer(
          finding.studies(),
          finding.meanDifference(),
          finding.moved(),
          finding.sameDecision(),
          finding.rankCorrelation().stream().boxed().findFirst().orElse(null));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record StudyAnswer(String studyId, String finding, double live, double trial, String at) {

    static StudyAnswer of(Disagreement study) {
      return new StudyAnswer(
          study.studyId().orElse(null),
          study.finding(),
          study.live(),
          study.trial(),
          study.at().toString());
    }
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/models/comparison", this::compare)
            // It names studies as their callers did.
            .needing(Access.OPERATE));
  }

  private void compare(RoutingContext context) {
    Map<Role, ModelIdentity> roles = fleet.roles();
    comparisons.keepOnly(roles.values());
    Json.send(
        context,
        new Answer(
            Comparisons.MOVED,
            comparisons.all().stream().map(comparison -> answer(comparison, roles)).toList()));
  }

  private static PairAnswer answer(Comparison comparison, Map<Role, ModelIdentity> roles) {
    Map<String, FindingAnswer> findings = new TreeMap<>();
    comparison.findings().forEach((name, finding) -> findings.put(name, FindingAnswer.of(finding)));
    return new PairAnswer(
        ModelAnswer.of(comparison.live()),
        ModelAnswer.of(comparison.trial()),
        role(comparison.trial(), roles),
        comparison.studies(),
        comparison.failed(),
        comparison.dropped(),
        findings,
        comparison.worklist().stream().map(StudyAnswer::of).toList());
  }

  /** What the one on trial is loaded for by now; null where it is not. */
  private static String role(ModelIdentity trial, Map<Role, ModelIdentity> roles) {
    return roles.entrySet().stream()
        .filter(member -> member.getValue().equals(trial))
        .map(member -> member.getKey().name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(null);
  }
}
