package io.radstream.model.engine;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A {@code c10d::ProcessGroup} whose work on CPUs goes over Gloo, and that on GPUs over {@link
 * Nccl} where there is one, known to the engine's operations by a name. What could have C++ throw
 * here is looked at beforehand by {@link RollCall}; what goes wrong later, the operations tell.
 */
final class Transport implements AutoCloseable {

  private static final String STRING = "NSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE";
  private static final String NULL = "34intrusive_target_default_null_type";
  private static final String GLOO = "_ZN4c10d16ProcessGroupGloo";
  private static final String GROUP = "_ZN4c10d12ProcessGroup";

  private static final String DEVICE = GLOO + "23createDeviceForHostnameERK" + STRING;
  private static final String OPTIONS =
      GLOO + "7OptionsC1ENSt6chrono8durationIlSt5ratioILl1ELl1000EEEE";
  private static final String CONSTRUCT_GLOO =
      GLOO
          + "C1ERKN3c1013intrusive_ptrINS_5StoreENS1_6detail"
          + NULL
          + "IS3_EEEEiiNS2_INS0_7OptionsENS5_ISA_EEEE";
  private static final String CONSTRUCT_GROUP =
      GROUP + "C1EN3c1013intrusive_ptrINS_5StoreENS1_6detail" + NULL + "IS3_EEEEii";
  private static final String REGISTER =
      "_ZN4c10d22register_process_groupERK"
          + STRING
          + "RKN3c1013intrusive_ptrINS_12ProcessGroupENS8_6detail"
          + NULL
          + "ISA_EEEE";
  private static final String FORGET = "_ZN4c10d24unregister_process_groupERK" + STRING;
  private static final String RELEASE = GROUP + "17release_resourcesEv";
  private static final String DELETE = GROUP + "D0Ev";

  private static final String TIMEOUT = "_ZNK4gloo7Context10getTimeoutEv";
  private static final String SET_TIMEOUT =
      "_ZN4gloo7Context10setTimeoutENSt6chrono8durationIlSt5ratioILl1ELl1000EEEE";

  /** More than any of the objects has. */
  private static final int SIZE = 4096;

  private final NativeTorch torch;
  private final Pointer group;
  private final String name;
  private final boolean direct;

  private Transport(NativeTorch torch, Pointer group, String name, boolean direct) {
    this.torch = torch;
    this.group = group;
    this.name = name;
    this.direct = direct;
  }

  /**
   * Connects with all others, who do the same.
   *
   * @param gpu whether a GPU's arrays are exchanged as well
   * @param own the address of this machine at which the others reach it
   */
  static Transport connect(
      NativeTorch torch,
      TcpStore store,
      Seat seat,
      boolean gpu,
      InetAddress own,
      Patience patience) {
    Pointer gloo = Cpp.allocate(SIZE);
    torch
        .find(CONSTRUCT_GLOO)
        .invoke(
            new Object[] {
              gloo,
              store.reference(),
              seat.rank(),
              seat.world(),
              Cpp.reference(options(torch, own, patience.connecting()))
            });
    limit(torch, gloo, patience);
    Pointer group = Cpp.allocate(SIZE);
    torch
        .find(CONSTRUCT_GROUP)
        .invoke(new Object[] {group, store.further(), seat.rank(), seat.world()});
    Backends backends = new Backends(Cpp.held(group));
    backends.put(Backends.CPU, Cpp.held(gloo));
    Optional<Nccl> nccl = gpu ? Nccl.of(torch) : Optional.empty();
    nccl.ifPresent(
        found ->
            backends.put(
                Backends.GPU, found.connect(store.further(), seat, patience.exchanging())));
    String name = "radstream-" + Long.toHexString(Pointer.nativeValue(group));
    try (CppString text = new CppString(name)) {
      torch.find(REGISTER).invoke(new Object[] {text.pointer(), Cpp.reference(group)});
    }
    return new Transport(torch, group, name, nccl.isPresent());
  }

  /** From now on, for the one device. */
  private static void limit(NativeTorch torch, Pointer gloo, Patience patience) {
    Pointer contexts = gloo.getPointer(0x98);
    boolean one = gloo.getLong(0xa0) == Pointer.nativeValue(contexts) + 2L * Native.POINTER_SIZE;
    Object[] context = {one ? contexts.getPointer(0) : null};
    if (!one || torch.find(TIMEOUT).invokeLong(context) != patience.connecting().toMillis()) {
      throw new IllegalStateException("this PyTorch lays what goes over Gloo out in another way");
    }
    torch.find(SET_TIMEOUT).invoke(new Object[] {context[0], patience.exchanging().toMillis()});
  }

  /** {@code ProcessGroupGloo::Options} of PyTorch 2.7, with one device. */
  private static Pointer options(NativeTorch torch, InetAddress own, Duration timeout) {
    Pointer options = Cpp.allocate(SIZE);
    torch.find(OPTIONS).invoke(new Object[] {options, timeout.toMillis()});
    if (options.getLong(0x10) != timeout.toMillis()
        || options.getLong(0x38) != 0
        || options.getLong(0x40) != 0
        || options.getLong(0x48) != 0
        || options.getInt(0x50) != 2) {
      throw new IllegalStateException("this PyTorch lays its options out in another way");
    }
    Pointer devices = Cpp.allocate(2L * Native.POINTER_SIZE);
    try (CppString address = new CppString(own.getHostAddress())) {
      FourWords device =
          (FourWords) torch.find(DEVICE).invoke(FourWords.class, new Object[] {address.pointer()});
      devices.setLong(0, device.first);
      devices.setLong(Native.POINTER_SIZE, device.second);
    }
    Pointer end = devices.share(2L * Native.POINTER_SIZE);
    options.setPointer(0x38, devices);
    options.setPointer(0x40, end);
    options.setPointer(0x48, end);
    return Cpp.held(options);
  }

  /** Whether a GPU's arrays are sent from where they are. */
  boolean isDirect() {
    return direct;
  }

  /** As the engine's operations know it. */
  String name() {
    return name;
  }

  /** The others' next work with this one fails. */
  @Override
  public void close() {
    try (CppString text = new CppString(name)) {
      torch.find(FORGET).invoke(new Object[] {text.pointer()});
    }
    torch.find(RELEASE).invoke(new Object[] {group});
    torch.find(DELETE).invoke(new Object[] {group});
  }

  /**
   * Which part of a group does the work for a type of device: a {@code std::unordered_map} of GNU's
   * library, which grows here within its one bucket. PyTorch's own function for it is inlined
   * wherever it is called.
   */
  private record Backends(Pointer map) {

    static final byte CPU = 0;
    static final byte GPU = 1;

    private static final int MAP = 0xc0;
    private static final int FIRST = 0x10;
    private static final int COUNT = 0x18;
    private static final int FACTOR = 0x20;
    private static final int ONE_BUCKET = 0x30;
    private static final int NODE = 0x20;

    Backends {
      map = map.share(MAP);
      if (!map.getPointer(0).equals(map.share(ONE_BUCKET))
          || map.getLong(8) != 1
          || map.getLong(COUNT) != 0
          || map.getFloat(FACTOR) != 1) {
        throw new IllegalStateException("this PyTorch lays its groups out in another way");
      }
    }

    void put(byte device, Pointer backend) {
      Pointer node = Cpp.allocate(NODE);
      node.setPointer(0, map.getPointer(FIRST));
      node.setByte(0x08, device);
      node.setPointer(0x10, backend);
      node.setLong(0x18, device);
      map.setPointer(ONE_BUCKET, map.share(FIRST));
      map.setPointer(FIRST, node);
      map.setLong(COUNT, map.getLong(COUNT) + 1);
    }
  }
}
