package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.dimse.Services;
import io.radstream.producers.dicom.listen.pdu.AnsweredContext;
import io.radstream.producers.dicom.listen.pdu.PeerPdu.AssociateRequest;
import io.radstream.producers.dicom.listen.pdu.Rejection;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Who is let in, and to what. */
record Negotiation(AeTitle title, CallingPeers peers) {

  /** Operations that a peer may have open at a time, where it asks for as many. */
  static final int MOST_OPERATIONS = 8;

  private static final String DICOM = "1.2.840.10008.3.1.1.1";

  Optional<Rejection> rejection(AssociateRequest request, InetAddress from) {
    if ((request.version() & 1) == 0) {
      return Optional.of(Rejection.VERSION);
    }
    if (!request.applicationContext().equals(DICOM)) {
      return Optional.of(Rejection.APPLICATION_CONTEXT);
    }
    if (!request.calledAet().equals(title.text())) {
      return Optional.of(Rejection.CALLED_TITLE);
    }
    if (!peers.allows(request.callingAet(), from)) {
      return Optional.of(Rejection.CALLING_TITLE);
    }
    return Optional.empty();
  }

  static List<AnsweredContext> contexts(AssociateRequest request) {
    return request.contexts().stream().map(Services::answer).toList();
  }

  /** How many operations may be open at a time. */
  static int window(AssociateRequest request) {
    return switch (request.operations()) {
      case -1 -> 1;
      case 0 -> MOST_OPERATIONS;
      default -> Math.min(request.operations(), MOST_OPERATIONS);
    };
  }
}
