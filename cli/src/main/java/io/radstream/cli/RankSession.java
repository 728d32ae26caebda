package io.radstream.cli;

import io.radstream.cli.ranks.RankGroup;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.engine.Seat;
import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.ranks.Leader;
import io.radstream.trainer.ranks.Terms;
import io.radstream.trainer.share.Member;
import io.radstream.trainer.share.MemberListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;

/** One of several processes that learn together. */
record RankSession(PrintWriter err, Terms terms) {

  /** Rank 0's, which waits for the others once it knows that there is something to do. */
  Leader lead() {
    Seat seat = terms.seat();
    tell("Rank 0 of %d waits at %s for the others".formatted(seat.world(), seat.place()));
    return new Leader(terms, version(), this::halt);
  }

  /** Any other's: learns until rank 0 has ended. */
  void follow(KafkaConnection connection, Optional<ClaimedObjects> originals, DeviceChoice device)
      throws IOException, InterruptedException {
    Seat seat = terms.seat();
    tell("Rank %d of %d goes to rank 0 at %s".formatted(seat.rank(), seat.world(), seat.place()));
    MemberListener progress =
        new MemberListener() {
          @Override
          public void started(String line, String runId) {
            tell("Learning along with line %s, run %s".formatted(line, runId));
          }
        };
    Member.Surroundings at =
        new Member.Surroundings(
            connection, KafkaClients.of(connection), originals, device, Clock.systemUTC());
    try (Member member = Member.join(at, terms, version(), progress, this::halt)) {
      GracefulStop.during(member::serve, member::requestStop);
    }
  }

  /** Of this program, whatever Java runs it. */
  private static String version() {
    return new Version().getVersion()[0];
  }

  /** An exchange over the engine cannot be interrupted. */
  private void halt() {
    tell("radstream: this rank does not end by itself where another has gone; it is cut off");
    Runtime.getRuntime().halt(RankGroup.START_AGAIN);
  }

  private void tell(String message) {
    err.println(message);
    err.flush();
  }
}
