// What the tests have to notice of a kernel.

extern "C" __global__ void forgets_to_wait(float* to) {
  __shared__ float shared[64];
  shared[threadIdx.x] = (float) threadIdx.x;
  to[threadIdx.x] = shared[63 - threadIdx.x];
}

extern "C" __global__ void waits_apart(float* to) {
  if (threadIdx.x < 32) {
    __syncthreads();
  }
  to[threadIdx.x] = warp_sum(1.0f);
}
