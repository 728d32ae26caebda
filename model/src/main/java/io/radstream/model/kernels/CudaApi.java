package io.radstream.model.kernels;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** What is used of NVIDIA's driver ({@code cuda.h}); a result of 0 is success. */
interface CudaApi extends Library {

  int COMPUTE_CAPABILITY_MAJOR = 75;
  int COMPUTE_CAPABILITY_MINOR = 76;

  int cuInit(int flags);

  int cuDeviceGet(IntByReference device, int ordinal);

  int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

  int cuDeviceGetName(byte[] name, int length, int device);

  int cuDevicePrimaryCtxRetain(PointerByReference context, int device);

  int cuDevicePrimaryCtxRelease_v2(int device);

  int cuCtxSetCurrent(Pointer context);

  int cuCtxSynchronize();

  int cuModuleLoadData(PointerByReference module, byte[] image);

  int cuModuleUnload(Pointer module);

  int cuModuleGetFunction(PointerByReference function, Pointer module, String name);

  int cuLaunchKernel(
      Pointer function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      Pointer stream,
      Pointer parameters,
      Pointer extra);

  int cuMemAlloc_v2(LongByReference address, long bytes);

  int cuMemFree_v2(long address);

  int cuMemcpyHtoD_v2(long to, Pointer from, long bytes);

  int cuMemcpyDtoH_v2(Pointer to, long from, long bytes);

  int cuEventCreate(PointerByReference event, int flags);

  int cuEventRecord(Pointer event, Pointer stream);

  int cuEventSynchronize(Pointer event);

  int cuEventElapsedTime(FloatByReference milliseconds, Pointer from, Pointer to);

  int cuEventDestroy_v2(Pointer event);

  int cuGetErrorString(int result, PointerByReference text);
}
