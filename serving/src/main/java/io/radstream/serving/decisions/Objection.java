package io.radstream.serving.decisions;

import java.util.Locale;

/** Why a decision has no effect. */
public enum Objection {
  UNKNOWN_VERDICT("this version of Radstream does not know the verdict"),
  FAULT_OF_ONE("it says what one instance could not load, and binds no other"),
  JUDGED_BEFORE("the policy has judged the checkpoint already; its first verdict counts"),
  COMPARED_WITH_ANOTHER("another checkpoint became live while the policy judged"),
  PINNED("the live checkpoint is pinned, and policies decide nothing until it is not"),
  HELD_BY_HAND("it is held by hand; policies leave it alone"),
  REFUSED_BY_HAND("it was refused by hand or taken back; only a person can bring it back"),
  ALREADY_LIVE("it is live already"),
  ALREADY_PINNED("it is live and pinned already"),
  IS_LIVE("it is live: promote another checkpoint, or roll back"),
  NOT_LIVE("it is not live any more"),
  NO_PREVIOUS("there is no earlier checkpoint to go back to: promote one"),
  NOT_PINNED("nothing is pinned");

  private final String text;

  Objection(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** For programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
