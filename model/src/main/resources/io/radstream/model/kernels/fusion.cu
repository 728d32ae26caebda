// The paper's view fusion (Zhou et al., 2022, section 4.2, figure 1c) but for its perceptron, which
// is small: means over the patches of a view, weighting of patches and laying the three views of a
// study beside each other, and the ways back.
//
//   feature[v, c]      = mean over p of patch[v, p, c]                              view_means
//   memory[s, p, v, c] = weight[s, v] patch[s, v, p, c]                             view_weigh
//   back: dweight[s, v] = sum over p, c of dmemory[s, p, v, c] patch[s, v, p, c]    view_weigh_sums
//         dpatch[s, v, p, c] = weight[s, v] dmemory[s, p, v, c] + dfeature[s, v, c] / patches
//                                                                                   view_weigh_back
//
//   patch [studies, VIEWS, patches, width] bf16, memory [studies, patches, VIEWS, width] bf16; the
//   rest float32: feature [studies, VIEWS, width], weight [studies, VIEWS]; dfeature is all that
//   comes to a feature, through the perceptron and through the study's vector. The sums of dweight
//   are of SLICES slices of the patches, [studies, VIEWS, SLICES], to be added up by number. Width
//   is a multiple of 8.

#define VIEWS 3
#define WARPS 8
#define TILE (LANES * 8)

// Grid: views of all studies, tiles of columns.
extern "C" __global__ void __launch_bounds__(WARPS* LANES) view_means(
    const bf16* patch, float* feature, int patches, int width) {
  __shared__ float sums[WARPS][TILE];
  int lane = threadIdx.x % LANES, warp = threadIdx.x / LANES;
  int c = blockIdx.y * TILE + lane * 8;
  Eight sum = {{0, 0, 0, 0, 0, 0, 0, 0}};
  if (c < width) {
    for (int p = warp; p < patches; p += WARPS) {
      Eight x = load(patch + ((i64) blockIdx.x * patches + p) * width + c);
#pragma unroll
      for (int j = 0; j < 8; j++) {
        sum.at[j] += x.at[j];
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
    feature[(i64) blockIdx.x * width + column] = all / patches;
  }
}

// Where eight neighbours, counted as the views lie, are when the views are beside each other. In 32
// bits, in which a card divides several times as fast.
__device__ __forceinline__ u32 beside(u32 group, u32 patches, u32 groups, u32* view) {
  u32 row = group / groups;
  *view = row / patches;
  u32 study = *view / VIEWS;
  return ((study * patches + row % patches) * VIEWS + *view % VIEWS) * groups + group % groups;
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) view_weigh(
    const bf16* patch, const float* weight, bf16* memory, int patches, int width, u32 count) {
  u32 group = blockIdx.x * (WARPS * LANES) + threadIdx.x, view;
  if (group < count) {
    u32 to = beside(group, patches, width / 8, &view);
    Eight x = load(patch + (i64) group * 8);
    float w = weight[view];
#pragma unroll
    for (int j = 0; j < 8; j++) {
      x.at[j] *= w;
    }
    store(memory + (i64) to * 8, x);
  }
}

// Grid: views of all studies, slices; a slice has every so many eights of the view.
extern "C" __global__ void __launch_bounds__(WARPS* LANES) view_weigh_sums(
    const bf16* patch, const bf16* dmemory, float* parts, int patches, int width) {
  __shared__ float shared[WARPS];
  u32 groups = width / 8, all = patches * groups, start = blockIdx.x * all, view;
  float sum = 0.0f;
  for (u32 at = blockIdx.y * (WARPS * LANES) + threadIdx.x; at < all;
       at += gridDim.y * (WARPS * LANES)) {
    u32 from = beside(start + at, patches, groups, &view);
    Eight x = load(patch + (i64) (start + at) * 8), d = load(dmemory + (i64) from * 8);
#pragma unroll
    for (int j = 0; j < 8; j++) {
      sum += x.at[j] * d.at[j];
    }
  }
  sum = block_sum<float, WARPS>(sum, shared);
  if (threadIdx.x == 0) {
    parts[(i64) blockIdx.x * gridDim.y + blockIdx.y] = sum;
  }
}

extern "C" __global__ void __launch_bounds__(WARPS* LANES) view_weigh_back(
    const bf16* dmemory, const float* weight, const float* dfeature, bf16* dpatch, int patches,
    int width, u32 count) {
  u32 group = blockIdx.x * (WARPS * LANES) + threadIdx.x, view, groups = width / 8;
  if (group < count) {
    u32 from = beside(group, patches, groups, &view);
    Eight d = load(dmemory + (i64) from * 8);
    Eight f = load(dfeature + (i64) view * width + group % groups * 8);
    float w = weight[view];
#pragma unroll
    for (int j = 0; j < 8; j++) {
      d.at[j] = d.at[j] * w + f.at[j] / patches;
    }
    store(dpatch + (i64) group * 8, d);
  }
}
