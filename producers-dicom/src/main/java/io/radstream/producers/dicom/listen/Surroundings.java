package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.ListenConfig.Limits;
import io.radstream.producers.dicom.listen.ListenConfig.Timeouts;
import io.radstream.producers.notice.RepeatedWarnings;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/**
 * What all associations of a listener share.
 *
 * @param loop the one thread that all of this is used by, but {@code storage}
 */
record Surroundings(
    Vertx vertx,
    Executor loop,
    Limits limits,
    Timeouts timeouts,
    Negotiation negotiation,
    Associations associations,
    ObjectMemory memory,
    Storage storage,
    RepeatedWarnings warnings) {}
