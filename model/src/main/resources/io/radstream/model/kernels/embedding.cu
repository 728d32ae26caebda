// Words and their places as features, and the gradients of such tables by sorted segments.
//
//   x[r] = factor words[id[r]] + places[at[r]] + every      places, every may be null
//   dwords[i] (+)= factor * sum of dx[r] over r with id[r] = i, in the order of r
//
//   Tables and every float32, [entries, width] and [width]; id and at int64; x float32 or bf16
//   (names end in _wide or _narrow), dx likewise. A negative id is no token: its x is 0, and it
//   gives no gradient. The width is a multiple of 8.
//
//   drop: y = m x / (1 - p), forward as back, of what is as wide as the stream; y may be x. Behind
//   the normalisation of embeddings both that go on from it are dropped by the same site.
//
//   The gradient is given the ids in order (sorted) and, stably, the rows that they came from
//   (order). A block has a place of that order and 256 columns; it works where a run of equal ids
//   begins, and its warps take the rows of the run in turn. So no two blocks write to one row, and
//   each row's sum has one order. Rows of the table without a token are not touched: with
//   accumulate the sum is added to what is there (the table that the output layer shares).

#define WARPS 8
#define TILE (LANES * 8)

template <class T>
__device__ __forceinline__ void look(
    const i64* id, const float* words, float factor, const i64* at, const float* places,
    const float* every, T* x, int width, u32 count) {
  u32 group = blockIdx.x * (WARPS * LANES) + threadIdx.x;
  if (group >= count) {
    return;
  }
  u32 groups = width / 8, c = group % groups * 8, row = group / groups;
  i64 word = id[row];
  Eight sum = {{0, 0, 0, 0, 0, 0, 0, 0}};
  if (word >= 0) {
    Eight w = load(words + word * width + c), p = sum, e = sum;
    if (places != 0) {
      p = load(places + at[row] * width + c);
    }
    if (every != 0) {
      e = load(every + c);
    }
#pragma unroll
    for (int j = 0; j < 8; j++) {
      sum.at[j] = w.at[j] * factor + p.at[j] + e.at[j];
    }
  }
  store(x + (i64) group * 8, sum);
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) look_wide(
    const i64* id, const float* words, float factor, const i64* at, const float* places,
    const float* every, float* x, int width, u32 count) {
  look(id, words, factor, at, places, every, x, width, count);
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) look_narrow(
    const i64* id, const float* words, float factor, const i64* at, const float* places,
    const float* every, bf16* x, int width, u32 count) {
  look(id, words, factor, at, places, every, x, width, count);
}

template <class T>
__device__ __forceinline__ void drop(
    const T* x, T* y, const u64* draws, u32 site, u32 threshold, u32 count) {
  u32 group = blockIdx.x * (WARPS * LANES) + threadIdx.x;
  if (group < count) {
    i64 at = (i64) group * 8;
    store(y + at, dropped(load(x + at), draws, group, site, threshold));
  }
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) drop_wide(
    const float* x, float* y, const u64* draws, u32 site, u32 threshold, u32 count) {
  drop(x, y, draws, site, threshold, count);
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) drop_narrow(
    const bf16* x, bf16* y, const u64* draws, u32 site, u32 threshold, u32 count) {
  drop(x, y, draws, site, threshold, count);
}

// Grid: places of the order, tiles of columns.
template <class T>
__device__ __forceinline__ void look_back(
    const i64* sorted, const i64* order, const T* dx, float factor, float* dwords, int count,
    int width, int accumulate) {
  __shared__ float sums[WARPS][TILE];
  int first = blockIdx.x;
  i64 word = sorted[first];
  if (word < 0 || (first > 0 && sorted[first - 1] == word)) {
    return;
  }
  int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
  int c = blockIdx.y * TILE + lane * 8;
  Eight sum = {{0, 0, 0, 0, 0, 0, 0, 0}};
  if (c < width) {
    for (int at = first + warp; at < count && sorted[at] == word; at += WARPS) {
      Eight d = load(dx + order[at] * width + c);
#pragma unroll
      for (int j = 0; j < 8; j++) {
        sum.at[j] += d.at[j];
      }
    }
  }
#pragma unroll
  for (int j = 0; j < 8; j++) {
    sums[warp][lane * 8 + j] = sum.at[j];
  }
  __syncthreads();
  int column = blockIdx.y * TILE + threadIdx.x;
  if (column < width) {
    float all = 0.0f;
#pragma unroll
    for (int from = 0; from < WARPS; from++) {
      all += sums[from][threadIdx.x];
    }
    float* to = dwords + word * width + column;
    *to = all * factor + (accumulate ? *to : 0.0f);
  }
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) look_back_wide(
    const i64* sorted, const i64* order, const float* dx, float factor, float* dwords, int count,
    int width, int accumulate) {
  look_back(sorted, order, dx, factor, dwords, count, width, accumulate);
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) look_back_narrow(
    const i64* sorted, const i64* order, const bf16* dx, float factor, float* dwords, int count,
    int width, int accumulate) {
  look_back(sorted, order, dx, factor, dwords, count, width, accumulate);
}
