package io.radstream.producers.dicom.listen.pdu;

import java.nio.ByteBuffer;
import java.util.List;

/** What a peer that has opened a connection may say, PS3.8 section 9.3. */
public sealed interface PeerPdu {

  /**
   * A-ASSOCIATE-RQ.
   *
   * @param version bit 0: version 1
   * @param calledAet whom it calls, without the spaces around it
   * @param callingAet who calls, without the spaces around it; as it came, not to be printed
   * @param titles both, and what is reserved behind them, as an answer repeats them
   * @param contexts in the peer's order, each identifier once
   * @param maxLength longest PDU that the peer takes, in bytes without its header; 0: any
   * @param operations how many operations the peer would have open at a time, 0: any; -1: it did
   *     not ask, so one
   */
  record AssociateRequest(
      int version,
      String calledAet,
      String callingAet,
      ByteBuffer titles,
      String applicationContext,
      List<ProposedContext> contexts,
      int maxLength,
      int operations)
      implements PeerPdu {

    public AssociateRequest {
      contexts = List.copyOf(contexts);
    }
  }

  /** P-DATA-TF: at least one fragment. */
  record Data(List<Fragment> fragments) implements PeerPdu {

    public Data {
      fragments = List.copyOf(fragments);
    }
  }

  /** A-RELEASE-RQ. */
  record ReleaseRequest() implements PeerPdu {}

  /** A-ABORT. */
  record Abort() implements PeerPdu {}
}
