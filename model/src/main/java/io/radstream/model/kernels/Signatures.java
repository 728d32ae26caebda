package io.radstream.model.kernels;

import java.util.List;
import java.util.Map;

/**
 * What kernels of a program take.
 *
 * @param byName the types of their arguments
 */
public record Signatures(Map<String, List<Class<? extends Number>>> byName) {

  public static Signatures of(KernelProgram program) {
    return new Signatures(program.signatures());
  }

  /**
   * @throws IllegalArgumentException where there is no such kernel, or it takes others
   */
  public void require(String kernel, Arguments arguments) {
    List<Class<? extends Number>> wanted = byName.get(kernel);
    if (wanted == null) {
      throw new IllegalArgumentException("no kernel " + kernel + " among " + byName.keySet());
    }
    List<?> given = arguments.values().stream().map(Object::getClass).toList();
    if (!given.equals(wanted)) {
      throw new IllegalArgumentException("%s takes %s, not %s".formatted(kernel, wanted, given));
    }
  }
}
