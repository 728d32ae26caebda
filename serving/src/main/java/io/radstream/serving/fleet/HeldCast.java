package io.radstream.serving.fleet;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyInput;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The crew of one moment, held for one request. */
final class HeldCast implements Models.Cast {

  private static final int DIGITS = 13;
  private static final double RANGE = 0x1p52; // 13 hexadecimal digits

  private final Crew<HeldModel> crew;
  private final List<Models.Lease> leases;

  private HeldCast(Crew<HeldModel> crew, List<Models.Lease> leases) {
    this.crew = crew;
    this.leases = leases;
  }

  /** Empty where a model of the crew has been closed meanwhile, so that there is another crew. */
  static Optional<Models.Cast> of(Crew<HeldModel> crew) {
    List<Models.Lease> leases = new ArrayList<>(crew.members().size());
    for (Role role : List.of(Role.LIVE, Role.CANARY, Role.SHADOW)) {
      Optional<HeldModel> member = crew.in(role);
      Optional<Models.Lease> lease = member.flatMap(HeldModel::lease);
      lease.ifPresent(leases::add);
      if (member.isPresent() && lease.isEmpty()) {
        leases.forEach(Models.Lease::close);
        return Optional.empty();
      }
    }
    return Optional.of(new HeldCast(crew, leases));
  }

  @Override
  public ScoringModel answering(Set<Capability> needed, Supplier<String> key) {
    return crew.in(Role.CANARY)
        .filter(canary -> canary.model().capabilities().containsAll(needed))
        .filter(canary -> covers(canary.identity().checkpointId(), key.get()))
        .or(() -> crew.in(Role.LIVE))
        .orElseThrow()
        .model();
  }

  @Override
  public boolean isAnyOfAnotherSize(StudyInput input) {
    return Stream.of(Role.SHADOW, Role.LIVE)
        .flatMap(role -> crew.in(role).stream())
        .anyMatch(beside -> !beside.model().takes(input));
  }

  /**
   * Always the same for a study and a canary, so that who asks twice is answered by the same model,
   * and a larger share holds the smaller. Another canary gets other studies.
   */
  private boolean covers(String canary, String key) {
    String hash = Sha256.of(canary + '\n' + key);
    return Long.parseLong(hash.substring(0, DIGITS), 16) < crew.share() * RANGE;
  }

  @Override
  public Optional<Models.Lease> shadow() {
    return crew.in(Role.SHADOW).flatMap(HeldModel::lease);
  }

  @Override
  public Optional<Models.Lease> liveBeside(ScoringModel answered) {
    return crew.in(Role.LIVE).filter(live -> live.model() != answered).flatMap(HeldModel::lease);
  }

  @Override
  public void close() {
    leases.forEach(Models.Lease::close);
  }
}
