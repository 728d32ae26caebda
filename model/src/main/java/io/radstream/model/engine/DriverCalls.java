package io.radstream.model.engine;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/** What is used here of NVIDIA's driver ({@code cuda.h}); a result of 0 is success. */
interface DriverCalls extends Library {

  int NOT_READY = 600;

  /** Of an event that tells no time. */
  int DISABLE_TIMING = 2;

  /** Other threads go on meanwhile. */
  int CAPTURE_THREAD_LOCAL = 1;

  int CAPTURE_ACTIVE = 1;

  int cuInit(int flags);

  int cuDevicePrimaryCtxRetain(PointerByReference context, int device);

  int cuCtxSetCurrent(Pointer context);

  int cuCtxSynchronize();

  int cuStreamQuery(Pointer stream);

  int cuStreamWaitEvent(Pointer stream, Pointer event, int flags);

  int cuStreamIsCapturing(Pointer stream, IntByReference status);

  int cuStreamBeginCapture_v2(Pointer stream, int mode);

  int cuStreamEndCapture(Pointer stream, PointerByReference graph);

  int cuGraphDestroy(Pointer graph);

  int cuEventCreate(PointerByReference event, int flags);

  int cuEventRecord(Pointer event, Pointer stream);

  int cuEventSynchronize(Pointer event);

  int cuEventDestroy_v2(Pointer event);

  int cuGetErrorString(int result, PointerByReference text);
}
