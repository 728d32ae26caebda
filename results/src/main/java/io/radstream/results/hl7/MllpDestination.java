package io.radstream.results.hl7;

import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.Destination;
import io.radstream.results.destination.NoAnswer;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import java.io.IOException;
import java.util.Optional;

/** A system that gets results by MLLP. For one thread. */
public final class MllpDestination implements Destination {

  private final MllpAddress address;
  private Optional<MllpConnection> open = Optional.empty();

  public MllpDestination(MllpAddress address) {
    this.address = address;
  }

  @Override
  public String name() {
    return "hl7";
  }

  @Override
  public Outcome deliver(Result result) {
    KnownStudy study = result.study();
    if (study.patientId().isEmpty() || study.accession().isEmpty()) {
      return new Outcome.Unaddressed("patient's number or accession number is not known");
    }
    ObservationMessage message =
        new ObservationMessage(result, address.application(), address.facility());
    boolean old = open.isPresent();
    try {
      return asked(message);
    } catch (IOException e) {
      close();
      if (!old) {
        return NoAnswer.after(e);
      }
    }
    // Receivers end connections on which nothing comes for a while: that tells nothing of them.
    try {
      return asked(message);
    } catch (IOException e) {
      close();
      return NoAnswer.after(e);
    }
  }

  private Outcome asked(ObservationMessage message) throws IOException {
    if (open.isEmpty()) {
      open = Optional.of(MllpConnection.open(address));
    }
    Optional<Acknowledgement> answer = Acknowledgement.read(open.get().ask(message.bytes()));
    if (answer.isEmpty() || !answer.get().controlId().equals(message.controlId())) {
      // An answer to something else would be taken for that to the next message.
      close();
      return new Outcome.Failed("the answer is none to the message");
    }
    return outcome(answer.get().code());
  }

  private static Outcome outcome(String code) {
    return switch (code) {
      case "AA", "CA" -> new Outcome.Delivered();
      case "AE", "AR" -> new Outcome.Refused("answered " + code);
      case "CE", "CR" -> new Outcome.Failed("answered " + code);
      default -> new Outcome.Failed("the answer has no code that is known");
    };
  }

  @Override
  public void close() {
    open.ifPresent(MllpDestination::closeQuietly);
    open = Optional.empty();
  }

  private static void closeQuietly(MllpConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is over.
    }
  }
}
