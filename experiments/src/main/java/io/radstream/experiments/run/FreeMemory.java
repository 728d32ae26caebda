package io.radstream.experiments.run;

import java.util.OptionalLong;

/** Tells how much memory of a device is free. */
@FunctionalInterface
public interface FreeMemory {

  /** Bytes that are free now; empty where nothing tells. */
  OptionalLong bytes();
}
