package io.radstream.serving.access;

import java.util.Set;

/**
 * A caller that has shown who it is.
 *
 * @param name of the key, or the token's subject; stands in the audit log
 * @param roles what it may do
 */
public record Principal(String name, Set<Access> roles) {

  private static final int LONGEST_NAME = 128;

  /**
   * @throws IllegalArgumentException where the name is empty, too long, or no single line of text
   */
  public Principal {
    roles = Set.copyOf(roles);
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a name is one line of 1 to %d characters".formatted(LONGEST_NAME));
    }
  }

  public boolean may(Access needed) {
    return switch (needed) {
      case PUBLIC -> true;
      case SCORE, REPORTS, LABEL, OPERATE -> roles.contains(needed);
      case WORKLIST -> roles.contains(Access.WORKLIST) || roles.contains(Access.LABEL);
      case READ -> roles.contains(Access.READ) || roles.contains(Access.OPERATE);
    };
  }
}
