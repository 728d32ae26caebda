// Softmax cross entropy over a vocabulary, forward and backward in one reading of the logits, which
// their gradient takes the place of. Compiled for COLUMNS, a multiple of 8: the classes, padded.
//
//   loss = log(sum over classes of exp(l - max)) + max - l[target]
//   dl   = (exp(l - max) / sum - [class = target]) factor
//
//   logits [rows, COLUMNS] bf16, of which the first classes count; the gradient of the others is 0.
//   targets [rows] int64; a negative one is left out: its loss is 0, and so is its gradient. One
//   past the classes gives the loss NaN, so that the step is not taken. factor: one float32 in
//   device memory: loss scale x weight / targets that count. losses [rows] float32.
//
//   A block has a row, which stays in registers; maximum and sum over threads, in float32. Of a row
//   with a NaN or +infinity, loss and gradient are NaN. exp(x) is 2^(x log2 e), good to 2e-6.

#define THREADS 512
#define WARPS (THREADS / LANES)
#define VECTORS ((COLUMNS / 8 + THREADS - 1) / THREADS)

__device__ __forceinline__ float power(float x) {
  return exp2f(x * 1.44269504088896341f);
}

extern "C" __global__ void __launch_bounds__(THREADS) cross_entropy(
    bf16* logits, const i64* targets, const float* factor, float* losses, int classes) {
  __shared__ float shared[WARPS];
  bf16* row = logits + (i64) blockIdx.x * COLUMNS;
  i64 target = targets[blockIdx.x];
  if (target < 0) {
    Eight nothing = {{0, 0, 0, 0, 0, 0, 0, 0}};
    for (int c = threadIdx.x * 8; c < COLUMNS; c += THREADS * 8) {
      store(row + c, nothing);
    }
    if (threadIdx.x == 0) {
      losses[blockIdx.x] = 0.0f;
    }
    return;
  }
  float own = threadIdx.x == 0 && target < classes ? widen(row[target]) : __uint_as_float(0x7fc00000u);
  uint4 packed[VECTORS];
  float largest = __uint_as_float(0xff800000u);
#pragma unroll
  for (int i = 0; i < VECTORS; i++) {
    int c = (i * THREADS + threadIdx.x) * 8;
    if (c < COLUMNS) {
      packed[i] = *(const uint4*) (row + c);
      Eight l = unpack(packed[i]);
#pragma unroll
      for (int j = 0; j < 8; j++) {
        largest = c + j < classes ? fmaxf(largest, l.at[j]) : largest;
      }
    }
  }
  largest = block_max<WARPS>(largest, shared);
  float sum = 0.0f;
#pragma unroll
  for (int i = 0; i < VECTORS; i++) {
    int c = (i * THREADS + threadIdx.x) * 8;
    if (c < COLUMNS) {
      Eight l = unpack(packed[i]);
#pragma unroll
      for (int j = 0; j < 8; j++) {
        sum += c + j < classes ? power(l.at[j] - largest) : 0.0f;
      }
    }
  }
  sum = block_sum<float, WARPS>(sum, shared);
  float scale = *factor, inverse = 1.0f / sum;
#pragma unroll
  for (int i = 0; i < VECTORS; i++) {
    int c = (i * THREADS + threadIdx.x) * 8;
    if (c < COLUMNS) {
      Eight l = unpack(packed[i]);
#pragma unroll
      for (int j = 0; j < 8; j++) {
        float share = power(l.at[j] - largest) * inverse - (c + j == target ? 1.0f : 0.0f);
        l.at[j] = c + j < classes ? share * scale : 0.0f;
      }
      store(row + c, l);
    }
  }
  if (threadIdx.x == 0) {
    losses[blockIdx.x] = logf(sum) + largest - own;
  }
}
