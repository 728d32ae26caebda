package io.radstream.model.engine;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.time.Duration;
import java.util.Optional;

/**
 * PyTorch's {@code c10d::ProcessGroupNCCL}, which exchanges arrays between GPUs. It connects when
 * it is first used, by an operation within a script, so that what is thrown then reaches Java;
 * where a rank does not answer, its own watchdog ends the process. No card has been seen by this
 * yet.
 */
final class Nccl {

  private static final String CLASS = "_ZN4c10d16ProcessGroupNCCL";
  private static final String NULL = "34intrusive_target_default_null_type";
  private static final String OPTIONS = CLASS + "7OptionsC1Eb";
  private static final String CONSTRUCT =
      CLASS
          + "C1EN3c1013intrusive_ptrINS_5StoreENS1_6detail"
          + NULL
          + "IS3_EEEEiiNS2_INS0_7OptionsENS5_IS8_EEEE";

  /** More than they have. */
  private static final int SIZE = 1 << 16;

  private static final int TIMEOUT = 0x10;
  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);

  private final Function options;
  private final Function construct;

  private Nccl(Function options, Function construct) {
    this.options = options;
    this.construct = construct;
  }

  /** Empty where this PyTorch was built without. */
  static Optional<Nccl> of(NativeTorch torch) {
    try {
      return Optional.of(new Nccl(torch.find(OPTIONS), torch.find(CONSTRUCT)));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  /**
   * @param store given away
   * @return held once, by the caller
   */
  Pointer connect(Memory store, Seat seat, Duration timeout) {
    Pointer chosen = Cpp.allocate(SIZE);
    byte withoutPriority = 0;
    options.invoke(new Object[] {chosen, withoutPriority});
    if (chosen.getLong(TIMEOUT) != USUAL_TIMEOUT.toMillis()) {
      throw new IllegalStateException("this PyTorch lays the options of NCCL out in another way");
    }
    chosen.setLong(TIMEOUT, timeout.toMillis());
    Pointer group = Cpp.allocate(SIZE);
    construct.invoke(
        new Object[] {group, store, seat.rank(), seat.world(), Cpp.reference(Cpp.held(chosen))});
    return Cpp.held(group);
  }
}
