package io.radstream.trainer.run;

import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.Processor;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run's bits depend on beside its configuration and its studies.
 *
 * @param program by which gradients are found, as the network tells it
 * @param ranks that share a batch in a way that bits depend on; 1 where they do not
 */
public record RunEnvironment(ComputeDevice device, String program, int ranks) {

  /** By name. */
  public Map<String, String> byName() {
    Map<String, String> values = new TreeMap<>();
    values.put(
        "radstream",
        Optional.ofNullable(RunEnvironment.class.getPackage().getImplementationVersion())
            .orElse("unpackaged"));
    values.put("engine", device.description());
    values.put("java", Runtime.version().toString());
    values.put("architecture", System.getProperty("os.arch"));
    values.put("system", System.getProperty("os.name"));
    values.put("program", program);
    values.put("ranks", Integer.toString(ranks));
    values.put("processor", Processor.ofThisMachine().description());
    return values;
  }
}
