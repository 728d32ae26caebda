package io.radstream.trainer.run;

import io.radstream.model.engine.Processor;
import io.radstream.model.engine.TorchEngine;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run's bits depend on beside its configuration and its studies. */
public final class RunEnvironment {

  private RunEnvironment() {}

  /** By name; the engine has been started. */
  public static Map<String, String> current() {
    Map<String, String> values = new TreeMap<>();
    values.put(
        "radstream",
        Optional.ofNullable(RunEnvironment.class.getPackage().getImplementationVersion())
            .orElse("unpackaged"));
    values.put("engine", TorchEngine.description());
    values.put("java", Runtime.version().toString());
    values.put("architecture", System.getProperty("os.arch"));
    values.put("system", System.getProperty("os.name"));
    values.put("processor", Processor.ofThisMachine().description());
    return values;
  }
}
