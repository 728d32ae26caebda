// The global norm of all gradients, and stochastic gradient descent with momentum as PyTorch
// defines it, over many tensors in one launch each.
//
//   norm = sqrt(sum of g^2) / S                       S the loss scale; in float64
//   f    = (norm > limit > 0 ? limit / norm : 1) / S  clips, and takes the loss scale out
//   g'   = f g + decay w
//   v    = momentum v + g'                            without momentum (null) v = g'
//   w    = w - rate v,   copy = w in bf16
//
//   The rate multiplies the momentum and is not folded into it. w, v float32; g float32 or bf16;
//   copy may be null. Tensors are in jobs, and every job is cut into chunks of CHUNK elements, each
//   of which has a block; norms of chunks are added by number. Where the norm or a loss is not
//   finite the flag goes up, and nothing moves: neither w nor v. It stays up, so that no step moves
//   anything that was asked for before the host knew; the host lowers it.
//
//   settings, float32 in device memory, so that a captured step goes on with others:
//     [0] S, [1] limit, [2] momentum, [3 + 2 k] rate and [4 + 2 k] decay of group k
//   state, float32: [0] norm, [1] f, [2] the flag; flag: one int32.

#define CHUNK 8192
#define THREADS 256
#define WARPS (THREADS / LANES)
#define FINISHERS 1024

struct Job {
  float* weight;
  const void* gradient;
  float* momentum;
  bf16* copy;
  i64 count;
  int group;
  int narrow;
};

struct Chunk {
  int job;
  int number;
};

__device__ __forceinline__ float gradient(const Job& job, i64 at) {
  return job.narrow ? widen(((const bf16*) job.gradient)[at]) : ((const float*) job.gradient)[at];
}

__device__ __forceinline__ float4 gradients(const Job& job, i64 at) {
  if (!job.narrow) {
    return *(const float4*) ((const float*) job.gradient + at);
  }
  uint2 packed = *(const uint2*) ((const bf16*) job.gradient + at);
  float4 g;
  g.x = widen(packed.x & 0xffffu), g.y = widen(packed.x >> 16);
  g.z = widen(packed.y & 0xffffu), g.w = widen(packed.y >> 16);
  return g;
}

__device__ __forceinline__ double square(float x) {
  return (double) x * x;
}

extern "C" __global__ void __launch_bounds__(THREADS) squares(
    const Job* jobs, const Chunk* chunks, double* parts) {
  __shared__ double shared[WARPS];
  Chunk chunk = chunks[blockIdx.x];
  Job job = jobs[chunk.job];
  i64 first = (i64) chunk.number * CHUNK;
  i64 end = first + CHUNK < job.count ? first + CHUNK : job.count;
  double sum = 0;
  for (i64 at = first + threadIdx.x * 4; at < end; at += THREADS * 4) {
    if (at + 4 <= end) {
      float4 g = gradients(job, at);
      sum += square(g.x) + square(g.y) + square(g.z) + square(g.w);
    } else {
      for (i64 one = at; one < end; one++) {
        sum += square(gradient(job, one));
      }
    }
  }
  sum = block_sum<double, WARPS>(sum, shared);
  if (threadIdx.x == 0) {
    parts[blockIdx.x] = sum;
  }
}

extern "C" __global__ void __launch_bounds__(FINISHERS) finish_norm(
    const double* parts, int count, const float* losses, int loss_count, const float* settings,
    float* state, int* flag) {
  __shared__ double shared[FINISHERS / LANES];
  double sum = 0, bad = 0;
  for (int part = threadIdx.x; part < count; part += FINISHERS) {
    sum += parts[part];
  }
  for (int loss = threadIdx.x; loss < loss_count; loss += FINISHERS) {
    bad += finite(losses[loss]) ? 0 : 1;
  }
  sum = block_sum<double, FINISHERS / LANES>(sum, shared);
  bad = block_sum<double, FINISHERS / LANES>(bad, shared);
  if (threadIdx.x == 0) {
    double scale = settings[0], limit = settings[1], norm = sqrt(sum) / scale;
    state[0] = (float) norm;
    state[1] = (float) ((limit > 0 && norm > limit ? limit / norm : 1) / scale);
    *flag = *flag == 0 && finite(state[0]) && bad == 0 ? 0 : 1;
    state[2] = (float) *flag;
  }
}

struct Hyper {
  float f;
  float momentum;
  float rate;
  float decay;
};

// v: 0 where no momentum is kept, and then of no use.
__device__ __forceinline__ float moved(float w, float g, float& v, const Hyper& hyper) {
  v = hyper.momentum * v + (g * hyper.f + hyper.decay * w);
  return w - hyper.rate * v;
}

extern "C" __global__ void __launch_bounds__(THREADS) descend(
    const Job* jobs, const Chunk* chunks, const float* settings, const float* state,
    const int* flag) {
  if (*flag != 0) {
    return;
  }
  Chunk chunk = chunks[blockIdx.x];
  Job job = jobs[chunk.job];
  Hyper hyper = {
      state[1], settings[2], settings[3 + 2 * job.group], settings[4 + 2 * job.group]};
  bool kept = job.momentum != 0;
  i64 first = (i64) chunk.number * CHUNK;
  i64 end = first + CHUNK < job.count ? first + CHUNK : job.count;
  for (i64 at = first + threadIdx.x * 4; at < end; at += THREADS * 4) {
    if (at + 4 <= end) {
      float4 g = gradients(job, at), w = *(float4*) (job.weight + at), v;
      v.x = 0, v.y = 0, v.z = 0, v.w = 0;
      if (kept) {
        v = *(float4*) (job.momentum + at);
      }
      w.x = moved(w.x, g.x, v.x, hyper);
      w.y = moved(w.y, g.y, v.y, hyper);
      w.z = moved(w.z, g.z, v.z, hyper);
      w.w = moved(w.w, g.w, v.w, hyper);
      *(float4*) (job.weight + at) = w;
      if (kept) {
        *(float4*) (job.momentum + at) = v;
      }
      if (job.copy != 0) {
        uint2 packed;
        packed.x = narrow(w.x) | narrow(w.y) << 16;
        packed.y = narrow(w.z) | narrow(w.w) << 16;
        *(uint2*) (job.copy + at) = packed;
      }
    } else {
      for (i64 one = at; one < end; one++) {
        float v = kept ? job.momentum[one] : 0.0f;
        float w = moved(job.weight[one], gradient(job, one), v, hyper);
        job.weight[one] = w;
        if (kept) {
          job.momentum[one] = v;
        }
        if (job.copy != 0) {
          job.copy[one] = (bf16) narrow(w);
        }
      }
    }
  }
}
