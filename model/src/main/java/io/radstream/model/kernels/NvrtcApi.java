package io.radstream.model.kernels;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** What is used of NVIDIA's runtime compiler ({@code nvrtc.h}); a result of 0 is success. */
interface NvrtcApi extends Library {

  int nvrtcVersion(IntByReference major, IntByReference minor);

  int nvrtcGetNumSupportedArchs(IntByReference count);

  int nvrtcGetSupportedArchs(int[] architectures);

  int nvrtcCreateProgram(
      PointerByReference program,
      String source,
      String name,
      int headers,
      Pointer headerTexts,
      Pointer headerNames);

  int nvrtcCompileProgram(Pointer program, int count, String[] options);

  int nvrtcGetProgramLogSize(Pointer program, LongByReference size);

  int nvrtcGetProgramLog(Pointer program, byte[] log);

  int nvrtcGetCUBINSize(Pointer program, LongByReference size);

  int nvrtcGetCUBIN(Pointer program, byte[] image);

  int nvrtcGetPTXSize(Pointer program, LongByReference size);

  int nvrtcGetPTX(Pointer program, byte[] image);

  int nvrtcDestroyProgram(PointerByReference program);

  String nvrtcGetErrorString(int result);
}
