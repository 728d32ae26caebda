package io.radstream.cli.demo;

import io.radstream.model.engine.DeviceChoice;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudySource;
import io.radstream.schemas.trace.Tracing;
import io.radstream.serving.access.AccessConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * What a demo runs on.
 *
 * @param source of the studies to learn from
 * @param pseudonymizer of their identifiers
 * @param partSteps that every part goes through before it is published
 * @param heldOut what the client asks about; never published
 * @param truthKnown whether what the client asks about is what is learned, so that the answers can
 *     be judged
 * @param vocabulary most token ids of the tokenizer
 * @param steps optimizer steps
 * @param kill whether the trainer of a line of its own is killed, to show what the ledger is for
 * @param choice of the device that trains and serves
 * @param directory of tokenizer, state and checkpoints
 * @param program main class of the command, for a trainer in a process of its own
 * @param host of the service
 * @param port of the service; 0 for any free one
 * @param access who may ask the service
 * @param tracing tells of all that is done
 */
public record DemoSettings(
    StudySource source,
    Pseudonymizer pseudonymizer,
    List<PartStep> partSteps,
    HeldOut heldOut,
    boolean truthKnown,
    int vocabulary,
    long steps,
    boolean kill,
    DeviceChoice choice,
    Path directory,
    String program,
    String host,
    int port,
    AccessConfig access,
    Tracing tracing) {

  public DemoSettings {
    partSteps = List.copyOf(partSteps);
  }
}
