// Sums over rows, and the ways back of what is done to each element, which end in such sums: the
// gradients of biases. Widths are multiples of 8.
//
//   du = dh where h > 0, else 0                                                 (relu_back)
//   du = dh (Phi(u) + u phi(u)), Phi and phi of the standard normal             (gelu_back: exact)
//   du = dh, and is not written                                                 (column_sums)
//   bias's gradient = sum of du over rows, of du as it is before it is rounded
//
//   dh, and h (ReLU: what came out, or what went in) or u (GELU: what went in), and du [rows, width]
//   bf16; du may be dh. Parts [blocks, width] float32. A block has 256 columns and every so many
//   rows (grid: tiles of columns, blocks of rows); its warps take rows by number, round by round.
//   Where h or u is NaN, so is what PyTorch gives: ReLU lets dh through.
//
//   finish_columns adds up parts [count, width] by number: eight rows of threads take every eighth
//   part, and are added by number. So two stages, both of fixed order. The width may hold up to
//   three outputs side by side, each of its own address and float32; with accumulate they are added
//   to what is there, for batches in several shares.

#define WARPS 8
#define TILE (LANES * 8)
#define TOGETHER 4

struct Identity {
  __device__ float operator()(float gradient, float) const {
    return gradient;
  }
};

struct Relu {
  __device__ float operator()(float gradient, float h) const {
    return h <= 0.0f ? 0.0f : gradient;
  }
};

struct Gelu {
  __device__ float operator()(float gradient, float u) const {
    float cumulated = 0.5f * (1.0f + erff(u * 0.70710678118654752f));
    float density = 0.39894228040143268f * expf(-0.5f * u * u);
    return gradient * (cumulated + u * density);
  }
};

template <class Derivative>
__device__ __forceinline__ void back(
    const bf16* gradient, const bf16* known, bf16* out, float* parts, int rows, int width) {
  __shared__ float sums[WARPS][TILE];
  int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
  int c = blockIdx.x * TILE + lane * 8;
  Derivative derivative;
  Eight sum = {{0, 0, 0, 0, 0, 0, 0, 0}};
  if (c < width) {
    int step = gridDim.y * WARPS;
    for (int row = blockIdx.y * WARPS + warp; row < rows; row += step * TOGETHER) {
      uint4 d[TOGETHER], k[TOGETHER];
      // Some rows are read before any is written, to have more on their way at a time.
#pragma unroll
      for (int i = 0; i < TOGETHER; i++) {
        if (row + i * step < rows) {
          i64 at = (i64) (row + i * step) * width + c;
          d[i] = *(const uint4*) (gradient + at);
          k[i] = known == 0 ? d[i] : *(const uint4*) (known + at);
        }
      }
#pragma unroll
      for (int i = 0; i < TOGETHER; i++) {
        if (row + i * step < rows) {
          Eight du = unpack(d[i]), at = unpack(k[i]);
#pragma unroll
          for (int j = 0; j < 8; j++) {
            du.at[j] = derivative(du.at[j], at.at[j]);
            sum.at[j] += du.at[j];
          }
          if (out != 0) {
            store(out + (i64) (row + i * step) * width + c, du);
          }
        }
      }
    }
  }
#pragma unroll
  for (int j = 0; j < 8; j++) {
    sums[warp][lane * 8 + j] = sum.at[j];
  }
  __syncthreads();
  int column = blockIdx.x * TILE + threadIdx.x;
  if (column < width) {
    float all = 0.0f;
#pragma unroll
    for (int from = 0; from < WARPS; from++) {
      all += sums[from][threadIdx.x];
    }
    parts[(i64) blockIdx.y * width + column] = all;
  }
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) relu_back(
    const bf16* dh, const bf16* h, bf16* du, float* parts, int rows, int width) {
  back<Relu>(dh, h, du, parts, rows, width);
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) gelu_back(
    const bf16* dh, const bf16* u, bf16* du, float* parts, int rows, int width) {
  back<Gelu>(dh, u, du, parts, rows, width);
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) column_sums(
    const bf16* dh, float* parts, int rows, int width) {
  back<Identity>(dh, 0, 0, parts, rows, width);
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) finish_columns(
    const float* parts, float* first, float* second, float* third, int count, int each, int outs,
    int accumulate) {
  __shared__ float sums[WARPS][LANES];
  int lane = threadIdx.x % LANES, turn = threadIdx.x / LANES;
  int width = each * outs, column = blockIdx.x * LANES + lane;
  float sum = 0.0f;
  if (column < width) {
    for (int part = turn; part < count; part += WARPS) {
      sum += parts[(i64) part * width + column];
    }
  }
  sums[turn][lane] = sum;
  __syncthreads();
  if (turn == 0 && column < width) {
    float all = 0.0f;
#pragma unroll
    for (int from = 0; from < WARPS; from++) {
      all += sums[from][lane];
    }
    int out = column / each;
    float* to = out == 0 ? first : out == 1 ? second : third;
    if (to != 0) {
      to += column % each;
      *to = accumulate ? *to + all : all;
    }
  }
}
