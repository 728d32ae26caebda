package io.radstream.serving.receipt;

import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * By what means a service scores. Other means give other last bits.
 *
 * @param precision in what numbers is multiplied
 * @param device what kind of device computes
 * @param threads CPU threads of one operation
 * @param engine name and version of what computes
 * @param service version of Radstream
 */
public record ScoringMeans(
    Precision precision, ComputeDevice.Kind device, int threads, String engine, String service) {

  public ScoringMeans {
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(service, "service");
  }

  /** Those of this process, whose engine has been started. */
  public static ScoringMeans of(Precision precision, ComputeDevice device) {
    return new ScoringMeans(
        precision, device.kind(), TorchEngine.threads(), TorchEngine.description(), version());
  }

  private static String version() {
    return Optional.ofNullable(ScoringMeans.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** As {@code --device} names it. */
  String deviceName() {
    return device.name().toLowerCase(Locale.ROOT);
  }
}
