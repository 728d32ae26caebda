package io.radstream.producers.dicom.web;

import io.radstream.producers.publish.Receipt;
import io.radstream.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One attempt to bring a candidate's instances to the cluster. For one thread. */
final class Visit {

  /** What the cluster said of an instance. */
  private enum Answer {
    DONE,
    LOST
  }

  private record Sent(InstanceAddress address, CompletableFuture<Answer> answer) {}

  private final Candidate candidate;
  private final List<InstanceAddress> instances;
  private final List<Sent> sent = new ArrayList<>();
  private final Set<InstanceAddress> done = new HashSet<>();
  private Optional<ArchiveException> failure = Optional.empty();
  private boolean lost;

  /**
   * @param instances to be fetched
   */
  Visit(Candidate candidate, List<InstanceAddress> instances) {
    this.candidate = candidate;
    this.instances = List.copyOf(instances);
  }

  Candidate candidate() {
    return candidate;
  }

  List<InstanceAddress> instances() {
    return instances;
  }

  void failed(ArchiveException e) {
    if (failure.isEmpty() || e.concernsAll()) {
      failure = Optional.of(e);
    }
  }

  void gone(InstanceAddress address) {
    done.add(address);
  }

  /**
   * @return is told what becomes of the instance, on whatever thread
   */
  Receipt sending(InstanceAddress address) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    sent.add(new Sent(address, answer));
    return new Receipt() {
      @Override
      public void acknowledged() {
        answer.complete(Answer.DONE);
      }

      @Override
      public void refused(RejectionReason reason, String explanation) {
        answer.complete(Answer.DONE);
      }

      @Override
      public void failed(String explanation) {
        answer.complete(Answer.LOST);
      }
    };
  }

  /** Waits until the cluster has said something of each instance that was sent. */
  void await() {
    for (Sent each : sent) {
      if (each.answer().join() == Answer.DONE) {
        done.add(each.address());
      } else {
        lost = true;
      }
    }
    sent.clear();
  }

  /** Instances that are dealt with. */
  Set<InstanceAddress> done() {
    return Set.copyOf(done);
  }

  /** Why not all of them could be fetched. */
  Optional<ArchiveException> failure() {
    return failure;
  }

  /** Whether the cluster did not take something. */
  boolean isLost() {
    return lost;
  }
}
