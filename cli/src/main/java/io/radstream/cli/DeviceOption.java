package io.radstream.cli;

import io.radstream.model.engine.DeviceChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Mixin: where the network computes. No setting of a run, so that a run can change its machine. */
final class DeviceOption {

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = Converter.class,
      description =
          "Where the network computes: cpu, cuda (the first GPU), cuda:N, or auto, the first GPU"
              + " where there is one (default: ${DEFAULT-VALUE}). doctor names those of this"
              + " machine.")
  private DeviceChoice choice = DeviceChoice.auto();

  DeviceChoice choice() {
    return choice;
  }

  private static final class Converter implements ITypeConverter<DeviceChoice> {

    @Override
    public DeviceChoice convert(String text) {
      try {
        return DeviceChoice.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
