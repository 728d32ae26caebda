// Residual addition, dropout and layer normalisation in one reading, and their way back.
// Compiled for a WIDTH, a multiple of 8, and for a residual stream in float32 (WIDE 1) or bf16.
//
//   z = x + m a / (1 - p)        m from draws; without a (null) z = x, and nothing is kept of it
//   y = (z - mean) / sigma * gamma + beta,   sigma = sqrt(variance + epsilon)
//
//   x [rows, WIDTH] stream, a [rows, WIDTH] bf16 with its bias already in it, gamma and beta
//   float32. Out: z stream (what the way back, and with normalisation first the next block, goes
//   on from), y bf16 for the next product, y_stream the same as stream (with normalisation last;
//   may be null), mean and 1 / sigma [rows] float32. The moments are those of z as it is kept, in
//   two readings of registers. A warp has a row.
//
// Back, with g = gamma (dy + dy_stream), n = (z - mean) / sigma, both means over the row:
//
//   dz = (g - mean(g) - n mean(g n)) / sigma + dz_stream,   dx = dz,   da = m dz / (1 - p)
//   dgamma = sum over rows of dy n,   dbeta = sum of dy,   dbias = sum of da
//
//   dy bf16 (may be null), dy_stream and dz_stream stream (may be null). Out: dx stream, da bf16
//   (may be null), parts [blocks, 3, WIDTH] float32: sums of the rows of a block, which
//   finish_columns adds up. Rows go to warps by number, round by round; so the number of blocks is
//   part of the order.

#define VECTORS ((WIDTH / 8 + LANES - 1) / LANES)
#define FORWARD_WARPS 4
#define BACKWARD_WARPS 8

#if WIDE
typedef float Stream;
#else
typedef bf16 Stream;
#endif

extern "C" __global__ void __launch_bounds__(FORWARD_WARPS* LANES) add_norm(
    const Stream* x, const bf16* a, const float* gamma, const float* beta, Stream* z, bf16* y,
    Stream* y_stream, float* mean, float* inverse, const u64* draws, u32 site, u32 threshold,
    float epsilon, int rows) {
  int lane = threadIdx.x % LANES;
  int row = blockIdx.x * FORWARD_WARPS + threadIdx.x / LANES;
  if (row >= rows) {
    return;
  }
  i64 start = (i64) row * WIDTH;
  Eight v[VECTORS];
  uint4 more[VECTORS];
  // All that is read is asked for before anything is written, which may be the same for all that a
  // compiler knows.
#pragma unroll
  for (int i = 0; i < VECTORS; i++) {
    int c = (i * LANES + lane) * 8;
    if (c < WIDTH) {
      v[i] = load(x + start + c);
      if (a != 0) {
        more[i] = *(const uint4*) (a + start + c);
      }
    }
  }
  float sum = 0.0f;
#pragma unroll
  for (int i = 0; i < VECTORS; i++) {
    int c = (i * LANES + lane) * 8;
    if (c < WIDTH) {
      if (a != 0) {
        Eight added = dropped(unpack(more[i]), draws, (start + c) / 8, site, threshold);
#pragma unroll
        for (int j = 0; j < 8; j++) {
          v[i].at[j] = kept(v[i].at[j] + added.at[j], x);
        }
        store(z + start + c, v[i]);
      }
#pragma unroll
      for (int j = 0; j < 8; j++) {
        sum += v[i].at[j];
      }
    }
  }
  float middle = warp_sum(sum) / WIDTH;
  float squares = 0.0f;
#pragma unroll
  for (int i = 0; i < VECTORS; i++) {
    if ((i * LANES + lane) * 8 < WIDTH) {
#pragma unroll
      for (int j = 0; j < 8; j++) {
        v[i].at[j] -= middle;
        squares += v[i].at[j] * v[i].at[j];
      }
    }
  }
  float scale = 1.0f / sqrtf(warp_sum(squares) / WIDTH + epsilon);
#pragma unroll
  for (int i = 0; i < VECTORS; i++) {
    int c = (i * LANES + lane) * 8;
    if (c < WIDTH) {
      Eight g = load(gamma + c), b = load(beta + c), normed;
#pragma unroll
      for (int j = 0; j < 8; j++) {
        normed.at[j] = v[i].at[j] * scale * g.at[j] + b.at[j];
      }
      store(y + start + c, normed);
      if (y_stream != 0) {
        store(y_stream + start + c, normed);
      }
    }
  }
  if (lane == 0) {
    mean[row] = middle;
    inverse[row] = scale;
  }
}

__device__ __forceinline__ Eight read(const bf16* a, const Stream* b, i64 at) {
  Eight sum = {{0, 0, 0, 0, 0, 0, 0, 0}};
  if (a != 0) {
    sum = load(a + at);
  }
  if (b != 0) {
    Eight more = load(b + at);
#pragma unroll
    for (int j = 0; j < 8; j++) {
      sum.at[j] += more.at[j];
    }
  }
  return sum;
}

extern "C" __global__ void __launch_bounds__(BACKWARD_WARPS* LANES) add_norm_back(
    const bf16* dy, const Stream* dy_stream, const Stream* dz_stream, const Stream* z,
    const float* mean, const float* inverse, const float* gamma, Stream* dx, bf16* da,
    float* parts, const u64* draws, u32 site, u32 threshold, int rows) {
  __shared__ float sums[3 * WIDTH];
  int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
  Eight gammas[VECTORS] = {}, betas[VECTORS] = {}, biases[VECTORS] = {};
  for (int row = blockIdx.x * BACKWARD_WARPS + warp; row < rows;
       row += gridDim.x * BACKWARD_WARPS) {
    i64 start = (i64) row * WIDTH;
    float middle = mean[row], scale = inverse[row];
    Eight g[VECTORS], n[VECTORS];
    float sum = 0.0f, along = 0.0f;
#pragma unroll
    for (int i = 0; i < VECTORS; i++) {
      int c = (i * LANES + lane) * 8;
      if (c < WIDTH) {
        g[i] = read(dy, dy_stream, start + c);
        n[i] = load(z + start + c);
        Eight weight = load(gamma + c);
#pragma unroll
        for (int j = 0; j < 8; j++) {
          n[i].at[j] = (n[i].at[j] - middle) * scale;
          gammas[i].at[j] += g[i].at[j] * n[i].at[j];
          betas[i].at[j] += g[i].at[j];
          g[i].at[j] *= weight.at[j];
          sum += g[i].at[j];
          along += g[i].at[j] * n[i].at[j];
        }
      }
    }
    sum = warp_sum(sum) / WIDTH;
    along = warp_sum(along) / WIDTH;
#pragma unroll
    for (int i = 0; i < VECTORS; i++) {
      int c = (i * LANES + lane) * 8;
      if (c < WIDTH) {
        // The same place of g from here on: what comes to z from elsewhere is read before any dx is
        // written.
        Eight d = read(0, dz_stream, start + c);
#pragma unroll
        for (int j = 0; j < 8; j++) {
          g[i].at[j] = (g[i].at[j] - sum - n[i].at[j] * along) * scale + d.at[j];
        }
      }
    }
#pragma unroll
    for (int i = 0; i < VECTORS; i++) {
      int c = (i * LANES + lane) * 8;
      if (c < WIDTH) {
        Eight d = g[i];
        store(dx + start + c, d);
        if (da != 0) {
          d = dropped(d, draws, (start + c) / 8, site, threshold);
          store(da + start + c, d);
#pragma unroll
          for (int j = 0; j < 8; j++) {
            biases[i].at[j] += d.at[j];
          }
        }
      }
    }
  }
  for (int turn = 0; turn < BACKWARD_WARPS; turn++) {
    if (warp == turn) {
#pragma unroll
      for (int i = 0; i < VECTORS; i++) {
        int c = (i * LANES + lane) * 8;
        if (c < WIDTH) {
#pragma unroll
          for (int j = 0; j < 8; j++) {
            float* to = sums + c + j;
            to[0] = (turn == 0 ? 0.0f : to[0]) + gammas[i].at[j];
            to[WIDTH] = (turn == 0 ? 0.0f : to[WIDTH]) + betas[i].at[j];
            to[2 * WIDTH] = (turn == 0 ? 0.0f : to[2 * WIDTH]) + biases[i].at[j];
          }
        }
      }
    }
    __syncthreads();
  }
  for (int c = threadIdx.x; c < 3 * WIDTH; c += BACKWARD_WARPS * LANES) {
    parts[(i64) blockIdx.x * 3 * WIDTH + c] = sums[c];
  }
}
