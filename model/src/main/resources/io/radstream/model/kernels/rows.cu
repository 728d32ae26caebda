// Packing and unpacking of rows: reports without their padding, and back.
//
//   to[i] = from[index[i]],   0 where the index is negative
//
//   Rows of vectors x 16 bytes of any type; index int64. Unpacking is the same with the index of
//   the other way, which is also the way back of each. Nothing is added, so nothing is rounded.

#define THREADS 256

extern "C" __global__ void __launch_bounds__(THREADS) gather_rows(
    const uint4* from, const i64* index, uint4* to, u32 vectors, u32 count) {
  u32 at = blockIdx.x * THREADS + threadIdx.x;
  if (at < count) {
    i64 row = index[at / vectors];
    uint4 x;
    x.x = 0, x.y = 0, x.z = 0, x.w = 0;
    if (row >= 0) {
      x = from[row * vectors + at % vectors];
    }
    to[at] = x;
  }
}
