package io.radstream.cli.experiment;

import com.sun.management.OperatingSystemMXBean;
import io.radstream.experiments.run.FreeMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of this machine, or of the container that this process is in. */
record MachineMemory(Path meminfo) implements FreeMemory {

  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d{1,15}) kB");
  private static final int KIB = 1024;

  static MachineMemory here() {
    return new MachineMemory(LINUX);
  }

  @Override
  public OptionalLong bytes() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try {
      // What the system calls free is little: it fills memory with files that it can let go of.
      Matcher line = AVAILABLE.matcher(Files.readString(meminfo));
      return line.find()
          ? OptionalLong.of(
              Math.min(KIB * Long.parseLong(line.group(1)), system.getTotalMemorySize()))
          : OptionalLong.of(system.getFreeMemorySize());
    } catch (IOException e) {
      return OptionalLong.of(system.getFreeMemorySize());
    }
  }
}
