// What kernels take for granted on a card, for g++: so that their very text runs on a processor.
//
// Blocks run one after the other. Each thread of a block has a stack of its own, and runs until it
// waits for its warp (an exchange) or for its block (__syncthreads); who runs first is given, from
// the first thread on or from the last, so that a kernel that leaves out a wait gives other bits.
// Threads that wait for different things are an error, as they would hang or worse on a card.
// Buffers end where memory that must not be touched begins, and what is before them is NaN.

#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>
#include <utility>

#define __global__
#define __device__
#define __forceinline__ inline
#define __restrict__
#define __launch_bounds__(threads)
#define __shared__ static

// Everything else is hidden: two libraries made of one text must not find each other's kernels.
#define SEEN extern "C" __attribute__((visibility("default")))

struct dim3 {
  unsigned x, y, z;
};
struct uint2 {
  unsigned x, y;
};
struct alignas(16) uint4 {
  unsigned x, y, z, w;
};
struct alignas(16) float4 {
  float x, y, z, w;
};

namespace host {

enum Wait { NONE, WARP, BLOCK, ENDED };

struct Thread {
  ucontext_t context;
  jmp_buf place;
  char* stack;
  bool begun;
  dim3 index;
  Wait wait;
  uint64_t given;
};

constexpr int MOST = 1024, STACK = 64 * 1024, LANES_OF_WARP = 32;

Thread threads[MOST];
Thread* now;
jmp_buf scheduler;
dim3 block, blocks, size;
void (*work)(void*);
void* arguments;

// Jumps in place of swapcontext, which asks the system twice each time. A context is only for a
// thread's first step, since only it brings a stack.
void wait_for(Wait what) {
  now->wait = what;
  if (_setjmp(now->place) == 0) {
    _longjmp(scheduler, 1);
  }
}

// Goes on with the next block behind the end of one.
void begin() {
  for (;;) {
    work(arguments);
    wait_for(ENDED);
  }
}

void resume(Thread& thread) {
  now = &thread;
  if (_setjmp(scheduler) == 0) {
    if (thread.begun) {
      _longjmp(thread.place, 1);
    }
    thread.begun = true;
    setcontext(&thread.context);
  }
}

void prepare(Thread& thread) {
  if (thread.stack == nullptr) {
    thread.stack = (char*) malloc(STACK);
  }
  getcontext(&thread.context);
  thread.context.uc_stack.ss_sp = thread.stack;
  thread.context.uc_stack.ss_size = STACK;
  makecontext(&thread.context, begin, 0);
}

// Whether all of these threads wait for the same; threads that have ended wait for nothing else.
bool all(int first, int end, Wait what) {
  for (int i = first; i < end; i++) {
    if (threads[i].wait != what) {
      return false;
    }
  }
  return true;
}

bool release(int first, int end, Wait what) {
  if (!all(first, end, what)) {
    return false;
  }
  for (int i = first; i < end; i++) {
    threads[i].wait = NONE;
  }
  return true;
}

bool run_block(bool backwards) {
  int count = size.x;
  for (int i = 0; i < count; i++) {
    Thread& thread = threads[i];
    if (!thread.begun) {
      prepare(thread);
    }
    thread.index = {(unsigned) i, 0, 0};
    thread.wait = NONE;
  }
  for (;;) {
    for (int turn = 0; turn < count; turn++) {
      Thread& thread = threads[backwards ? count - 1 - turn : turn];
      if (thread.wait == NONE) {
        resume(thread);
      }
    }
    bool released = false;
    for (int warp = 0; warp < count; warp += LANES_OF_WARP) {
      released |= release(warp, warp + LANES_OF_WARP < count ? warp + LANES_OF_WARP : count, WARP);
    }
    if (all(0, count, ENDED)) {
      return true;
    }
    if (!released && !release(0, count, BLOCK)) {
      // They are amid a kernel, which none of them goes on with.
      for (Thread& thread : threads) {
        thread.begun = false;
      }
      return false;
    }
  }
}

template <class... A, size_t... I>
int launch(
    void (*kernel)(A...), const unsigned* grid, void** given, int backwards,
    std::index_sequence<I...>) {
  struct Call {
    void (*kernel)(A...);
    void** given;
  } call = {kernel, given};
  work = [](void* at) {
    Call* own = (Call*) at;
    own->kernel(*(std::remove_reference_t<A>*) own->given[I]...);
  };
  arguments = &call;
  blocks = {grid[0], grid[1], 1};
  size = {grid[2], 1, 1};
  unsigned count = blocks.x * blocks.y;
  for (unsigned at = 0; at < count; at++) {
    unsigned number = backwards ? count - 1 - at : at;
    block = {number % blocks.x, number / blocks.x, 0};
    if (!run_block(backwards)) {
      return 1;
    }
  }
  return 0;
}

template <class... A>
int launch(void (*kernel)(A...), const unsigned* grid, void** given, int backwards) {
  return launch(kernel, grid, given, backwards, std::index_sequence_for<A...>());
}

size_t page_size() {
  return (size_t) sysconf(_SC_PAGESIZE);
}

size_t pages(size_t bytes) {
  return (bytes + page_size() - 1) / page_size() * page_size();
}

}  // namespace host

#define threadIdx (host::now->index)
#define blockIdx (host::block)
#define gridDim (host::blocks)
#define blockDim (host::size)

inline void __syncthreads() {
  host::wait_for(host::BLOCK);
}

template <class T>
T __shfl_xor_sync(unsigned, T x, int apart) {
  memcpy(&host::now->given, &x, sizeof x);
  host::wait_for(host::WARP);
  memcpy(&x, &host::threads[(host::now - host::threads) ^ apart].given, sizeof x);
  host::wait_for(host::WARP);
  return x;
}

inline float __uint_as_float(unsigned bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

inline unsigned __float_as_uint(float x) {
  unsigned bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

// grid: blocks across and down, threads of a block. Not 0: threads waited for different things.
#define HOST_KERNEL(name)                                                          \
  SEEN int launch_##name(const unsigned* grid, void** given, int backwards) {      \
    return host::launch(name, grid, given, backwards);                             \
  }

SEEN void* host_allocate(size_t bytes) {
  size_t room = host::pages(bytes);
  char* start = (char*) mmap(
      nullptr, room + host::page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
      0);
  mprotect(start + room, host::page_size(), PROT_NONE);
  memset(start, 0xff, room);
  return start + room - (bytes + 15) / 16 * 16;
}
