package io.radstream.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import com.sun.jna.Function;
import com.sun.jna.Pointer;
import java.util.function.Supplier;

/**
 * The engine's streams on one GPU. Each thread has a current one, to which what it asks the engine
 * for goes; at first that is the default stream.
 */
public final class CudaStreams {

  private static final String CURRENT = "_ZN3c104cuda20getCurrentCUDAStreamEa";
  private static final String SET_CURRENT = "_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE";
  private static final String OF_POOL = "_ZN3c104cuda17getStreamFromPoolEba";
  private static final String ADDRESS = "_ZNK3c104cuda10CUDAStream6streamEv";
  private static final String EXCHANGE_DEVICE = "_ZN3c104cuda14ExchangeDeviceEa";
  private static final String HOLD = "_ZN2at4_ops13record_stream4callERNS_6TensorEN3c106StreamE";

  private final byte device;
  private final Function current;
  private final Function setCurrent;
  private final Function ofPool;
  private final Function address;
  private final Function exchangeDevice;
  private final Function hold;

  CudaStreams(NativeTorch torch, int device) {
    this.device = (byte) device;
    this.current = torch.find(CURRENT);
    this.setCurrent = torch.find(SET_CURRENT);
    this.ofPool = torch.find(OF_POOL);
    this.address = torch.find(ADDRESS);
    this.exchangeDevice = torch.find(EXCHANGE_DEVICE);
    this.hold = torch.find(HOLD);
  }

  /**
   * @param device a GPU's
   * @throws UnsatisfiedLinkError where this PyTorch has no such functions
   */
  public static CudaStreams of(NDManager device) {
    return new CudaStreams(NativeTorch.loaded(), device.getDevice().getDeviceId());
  }

  /** A stream of the engine. */
  public static final class Stream {

    private final TwoWords words;
    private final long address;

    private Stream(TwoWords words, long address) {
      this.words = words;
      this.address = address;
    }

    /** As the driver knows it, a {@code CUstream}; 0 is the default stream. */
    public long address() {
      return address;
    }

    Pointer pointer() {
      return new Pointer(address);
    }
  }

  /** The calling thread's. */
  public Stream current() {
    return stream((TwoWords) current.invoke(TwoWords.class, new Object[] {device}));
  }

  /**
   * One of some dozens that the engine has beside the default one, which does not wait for them,
   * nor they for it. They are lent in turn and never given back.
   */
  public Stream ofPool() {
    return stream((TwoWords) ofPool.invoke(TwoWords.class, new Object[] {(byte) 0, device}));
  }

  /** Has the calling thread work on a stream, and on the one that it had before from then on. */
  public <T> T on(Stream stream, Supplier<T> work) {
    byte deviceBefore = exchangeDevice(device);
    Stream before = current();
    makeCurrent(stream);
    try {
      return work.get();
    } finally {
      makeCurrent(before);
      exchangeDevice(deviceBefore);
    }
  }

  /** For the calling thread, from now on. */
  void makeCurrent(Stream stream) {
    setCurrent.invoke(new Object[] {stream.words});
  }

  /**
   * Has an array's memory not lent again before what a stream has been given by then is done; the
   * engine sees to that by itself only for the stream on which an array was made.
   */
  void hold(NDArray array, Stream stream) {
    hold.invoke(new Object[] {new Pointer(((PtNDArray) array).getHandle()), stream.words});
  }

  private byte exchangeDevice(byte to) {
    return (byte) exchangeDevice.invokeInt(new Object[] {to});
  }

  private Stream stream(TwoWords words) {
    words.write();
    return new Stream(
        words, Pointer.nativeValue(address.invokePointer(new Object[] {words.getPointer()})));
  }
}
