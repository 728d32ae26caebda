// What all kernels share. Put in front of each of them, since NVRTC comes without headers.
//
// bf16      a bfloat16 by its bits: the upper half of a float32. Arithmetic is in float32 only;
//           what is kept is rounded to the nearest, ties to even, NaN to 0x7fff.
// order     Every sum has one order, which depends on shapes and launch alone: lanes of a warp by
//           exchange (s += s of lane ^ 16, 8, 4, 2, 1), warps by number, blocks by number in a
//           second launch. There are no atomics. So the same input gives the same bits.
// vectors   Eight neighbours of a row are read at once, so that widths are multiples of 8, and
//           addresses of 16 bytes.
// draws     Philox 4x32-10 (Salmon et al., 2011): key = seed; counter = (group, site, step). A
//           group is eight neighbours: one call gives 128 bits, 16 for each. An element stays
//           where its 16 bits are at least threshold, that is with 1 - threshold / 65536, and is
//           then divided by that. The way back draws the same bits again.

typedef unsigned short bf16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long i64;

#define LANES 32

struct Eight {
  float at[8];
};

__device__ __forceinline__ float widen(u32 bits) {
  return __uint_as_float(bits << 16);
}

__device__ __forceinline__ u32 narrow(float x) {
#ifdef __CUDA_ARCH__
  bf16 y;
  asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(y) : "f"(x));
  return y;
#else
  u32 bits = __float_as_uint(x);
  bool nan = (bits & 0x7fffffffu) > 0x7f800000u;
  return nan ? 0x7fffu : (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
#endif
}

__device__ __forceinline__ float rounded(float x) {
  return widen(narrow(x));
}

__device__ __forceinline__ bool finite(float x) {
  return (__float_as_uint(x) & 0x7f800000u) != 0x7f800000u;
}

__device__ __forceinline__ Eight unpack(uint4 packed) {
  Eight x;
  u32 words[4] = {packed.x, packed.y, packed.z, packed.w};
#pragma unroll
  for (int i = 0; i < 4; i++) {
    x.at[2 * i] = widen(words[i] & 0xffffu);
    x.at[2 * i + 1] = widen(words[i] >> 16);
  }
  return x;
}

__device__ __forceinline__ uint4 pack(Eight x) {
  u32 words[4];
#pragma unroll
  for (int i = 0; i < 4; i++) {
    words[i] = narrow(x.at[2 * i]) | narrow(x.at[2 * i + 1]) << 16;
  }
  uint4 packed;
  packed.x = words[0], packed.y = words[1], packed.z = words[2], packed.w = words[3];
  return packed;
}

__device__ __forceinline__ Eight load(const bf16* from) {
  return unpack(*(const uint4*) from);
}

__device__ __forceinline__ Eight load(const float* from) {
  float4 low = ((const float4*) from)[0], high = ((const float4*) from)[1];
  Eight x = {{low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w}};
  return x;
}

__device__ __forceinline__ void store(bf16* to, Eight x) {
  *(uint4*) to = pack(x);
}

__device__ __forceinline__ void store(float* to, Eight x) {
  float4 low, high;
  low.x = x.at[0], low.y = x.at[1], low.z = x.at[2], low.w = x.at[3];
  high.x = x.at[4], high.y = x.at[5], high.z = x.at[6], high.w = x.at[7];
  ((float4*) to)[0] = low;
  ((float4*) to)[1] = high;
}

// What a buffer of this type gives back of a value.
__device__ __forceinline__ float kept(float x, const float*) {
  return x;
}

__device__ __forceinline__ float kept(float x, const bf16*) {
  return rounded(x);
}

template <class T>
__device__ __forceinline__ T warp_sum(T x) {
#pragma unroll
  for (int apart = LANES / 2; apart > 0; apart /= 2) {
    x += __shfl_xor_sync(0xffffffffu, x, apart);
  }
  return x;
}

__device__ __forceinline__ float warp_max(float x) {
#pragma unroll
  for (int apart = LANES / 2; apart > 0; apart /= 2) {
    x = fmaxf(x, __shfl_xor_sync(0xffffffffu, x, apart));
  }
  return x;
}

// Of all threads of a block, for each of them; one place of shared memory for each warp.
template <class T, int WARPS>
__device__ __forceinline__ T block_sum(T x, T* shared) {
  T own = warp_sum(x);
  if (threadIdx.x % LANES == 0) {
    shared[threadIdx.x / LANES] = own;
  }
  __syncthreads();
  T sum = 0;
#pragma unroll
  for (int warp = 0; warp < WARPS; warp++) {
    sum += shared[warp];
  }
  __syncthreads();
  return sum;
}

template <int WARPS>
__device__ __forceinline__ float block_max(float x, float* shared) {
  float own = warp_max(x);
  if (threadIdx.x % LANES == 0) {
    shared[threadIdx.x / LANES] = own;
  }
  __syncthreads();
  float largest = shared[0];
#pragma unroll
  for (int warp = 1; warp < WARPS; warp++) {
    largest = fmaxf(largest, shared[warp]);
  }
  __syncthreads();
  return largest;
}

__device__ __forceinline__ uint4 philox(u64 key, u64 group, u32 site, u32 step) {
  uint4 c;
  c.x = (u32) group, c.y = (u32) (group >> 32), c.z = site, c.w = step;
  u32 k0 = (u32) key, k1 = (u32) (key >> 32);
#pragma unroll
  for (int round = 0; round < 10; round++) {
    u64 first = (u64) 0xD2511F53u * c.x, second = (u64) 0xCD9E8D57u * c.z;
    uint4 next;
    next.x = (u32) (second >> 32) ^ c.y ^ k0;
    next.y = (u32) second;
    next.z = (u32) (first >> 32) ^ c.w ^ k1;
    next.w = (u32) first;
    c = next;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return c;
}

// Drops some of eight neighbours, and scales the others. draws: seed and step, in device memory.
__device__ __forceinline__ Eight dropped(
    Eight x, const u64* draws, u64 group, u32 site, u32 threshold) {
  if (threshold == 0) {
    return x;
  }
  uint4 bits = philox(draws[0], group, site, (u32) draws[1]);
  u32 words[4] = {bits.x, bits.y, bits.z, bits.w};
  float scale = 65536.0f / (float) (65536u - threshold);
#pragma unroll
  for (int i = 0; i < 8; i++) {
    u32 draw = words[i / 2] >> 16 * (i % 2) & 0xffffu;
    x.at[i] = draw >= threshold ? x.at[i] * scale : 0.0f;
  }
  return x;
}
