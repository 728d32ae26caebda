package io.radstream.model.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * Those who learn together, each a process with a device of its own, over PyTorch's own process
 * groups. All ranks call the same methods in the same order, and get the same numbers. One thread
 * at a time.
 *
 * <p>Where a rank goes away or says nothing for the timeout, the others' calls throw {@link
 * GroupException}, and the group is at an end. Whatever reaches the ports of the group is believed:
 * it belongs in a network of its own.
 */
public final class ProcessGroup implements AutoCloseable {

  private final Seat seat;
  private final Duration timeout;
  private final Optional<Rendezvous> others;
  private final boolean gpu;
  private final NDManager manager;
  private final TorchScript script;
  private boolean closed;

  private ProcessGroup(
      Seat seat, Duration timeout, boolean gpu, Optional<Rendezvous> others, NDManager manager) {
    this.seat = seat;
    this.timeout = timeout;
    this.gpu = gpu;
    this.others = others;
    this.manager = manager;
    this.script = TorchScript.load(manager, TorchScript.source("group.py"));
  }

  /**
   * Meets the others. The engine has to be started.
   *
   * @param parent lives longer; where the numbers that are exchanged are
   * @param timeout until all have come, and later for each exchange
   * @throws GroupException where not all come
   */
  public static ProcessGroup open(NDManager parent, Seat seat, Duration timeout) {
    boolean gpu = parent.getDevice().isGpu();
    Optional<Rendezvous> others =
        seat.world() == 1 ? Optional.empty() : Optional.of(Rendezvous.of(seat, gpu, timeout));
    ProcessGroup group =
        new ProcessGroup(seat, timeout, gpu, others, parent.newSubManager(Device.cpu()));
    try {
      // Nobody leaves, and takes the store along, while another still looks into it.
      group.barrier();
      return group;
    } catch (GroupException e) {
      group.close();
      throw e;
    }
  }

  /**
   * Rows of all ranks.
   *
   * @param all rank by rank
   * @param begin the row at which the own ones begin
   */
  public record Gathered(NDArray all, long begin) {}

  public Seat seat() {
    return seat;
  }

  /** Whether there is nobody else. */
  public boolean isAlone() {
    return others.isEmpty();
  }

  /**
   * Of all ranks.
   *
   * @param rows (rows, ...); each rank may have another number of them, and none; no gradient goes
   *     back through here
   * @return with the manager of the rows
   */
  public Gathered gather(NDArray rows) {
    if (isAlone()) {
      return new Gathered(rows, 0);
    }
    long[] counts = each(rows.getShape().get(0));
    long most = Arrays.stream(counts).max().orElseThrow();
    NDArray all =
        most == 0
            ? rows
            : run(
                "rows",
                rows.getManager(),
                tensor(rows),
                IValue.listFrom(counts),
                number(most),
                name(),
                overHost());
    return new Gathered(all, Arrays.stream(counts).limit(seat.rank()).sum());
  }

  /**
   * Calls a method of the script that gives what is on its way.
   *
   * @param further closed afterwards
   * @return the caller's to close
   */
  IValue begin(String method, IValue tensors, IValue... further) {
    IValue[] all = new IValue[further.length + 2];
    all[0] = tensors;
    all[1] = name();
    System.arraycopy(further, 0, all, 2, further.length);
    try {
      return asked(() -> script.call(method, all));
    } finally {
      Arrays.stream(all).skip(1).forEach(IValue::close);
    }
  }

  /** Calls a method of the script that gives a number. */
  long end(String method, IValue tensors) {
    try (IValue number = asked(() -> script.call(method, tensors))) {
      return number.toLong();
    }
  }

  /**
   * Of numbers that each rank has, as many in each, added one by one in the order of ranks.
   *
   * @param own at least one
   */
  public double sum(double... own) {
    if (isAlone()) {
      return added(own);
    }
    try (NDManager scratch = manager.newSubManager()) {
      return added(
          run("all", scratch, tensor(scratch.create(own)), world(), name()).toDoubleArray());
    }
  }

  private static double added(double... numbers) {
    return DoubleStream.of(numbers).reduce(0, Double::sum);
  }

  /** Once all have come here. */
  public void barrier() {
    if (!isAlone()) {
      each(0);
    }
  }

  /**
   * What rank 0 has.
   *
   * @param own counts in rank 0 only
   */
  public byte[] broadcast(byte[] own) {
    if (isAlone()) {
      return own;
    }
    int count = Math.toIntExact(each(own.length)[0]);
    if (count == 0) {
      return new byte[0];
    }
    try (NDManager scratch = manager.newSubManager()) {
      NDArray bytes =
          scratch.create(seat.isFirst() ? own : new byte[count]).toType(DataType.UINT8, false);
      return run("first", scratch, tensor(bytes), name()).toByteArray();
    }
  }

  private long[] each(long own) {
    try (NDManager scratch = manager.newSubManager()) {
      return run("all", scratch, tensor(scratch.create(new long[] {own})), world(), name())
          .toLongArray();
    }
  }

  private NDArray run(String method, NDManager owner, IValue... values) {
    return asked(() -> script.run(method, owner, values));
  }

  private <T> T asked(Supplier<T> exchange) {
    try {
      return exchange.get();
    } catch (EngineException e) {
      throw new GroupException("%s: %s".formatted(seat, reason(e.getMessage())), e);
    }
  }

  /** As far as the transport says so within what the script's interpreter tells. */
  private String reason(String told) {
    if (told.contains("Timed out waiting")) {
      return "another rank has not answered for %s s".formatted(timeout.toMillis() / 1000.0);
    }
    return told.contains("gloo/transport") ? "another rank has gone" : "an exchange has failed";
  }

  private static IValue tensor(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  private static IValue number(long number) {
    return IValue.from(number);
  }

  IValue world() {
    return number(seat.world());
  }

  /** Whether a GPU's arrays are copied to the host before they are sent, and back. */
  public boolean isCopied() {
    return gpu && others.isPresent() && !others.get().transport().isDirect();
  }

  IValue overHost() {
    return IValue.from(isCopied());
  }

  private IValue name() {
    return IValue.from(others.orElseThrow().transport().name());
  }

  /** The others' next exchange with this rank fails. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      others.ifPresent(Rendezvous::close);
      manager.close();
    }
  }
}
