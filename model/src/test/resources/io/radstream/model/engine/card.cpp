// What is called of a PyTorch for GPUs and of NVIDIA's driver, declared as their headers declare it
// (c10/core/Stream.h, c10/cuda/CUDAStream.h, c10/cuda/CUDAFunctions.h, ATen/cuda/CUDAGraph.h,
// ATen/ops/record_stream_ops.h, torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp, cuda.h), so that the names and the registers are those of the real
// ones, over a card that only writes down what it is told. Where the real functions throw, which
// ends the process, this one writes ENDS. OLD_GRAPH is PyTorch 2.7.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

struct Line {
  int recording = 0;  // CU_STREAM_CAPTURE_STATUS_NONE, _ACTIVE, _INVALIDATED
  std::vector<int> recorded;
};

std::string journal;
std::map<int64_t, Line> lines;
int64_t lent = 0;
uint64_t pools = 0;
int failing = 0;
int current_device = 0;
bool allocator_records = false;
bool generator_records = false;

void write(const std::string& what) { journal += what + "\n"; }

void ends(const std::string& why) { write("ENDS: " + why); }

int64_t number(void* stream) { return reinterpret_cast<intptr_t>(stream) / 4096; }

std::string text(int64_t value) { return std::to_string(value); }

}  // namespace

struct CUstream_st;
typedef CUstream_st* cudaStream_t;
enum cudaStreamCaptureMode {
  cudaStreamCaptureModeGlobal,
  cudaStreamCaptureModeThreadLocal,
  cudaStreamCaptureModeRelaxed
};

namespace c10 {
using DeviceIndex = int8_t;
using StreamId = int64_t;
enum class DeviceType : int8_t { CPU = 0, CUDA = 1 };
struct Device {
  DeviceType type_;
  DeviceIndex index_;
};
class Stream {
 public:
  Stream(Device device, StreamId id) : device_(device), id_(id) {}
  Device device_;
  StreamId id_;
};
}  // namespace c10

namespace c10::cuda {

class CUDAStream {
 public:
  explicit CUDAStream(Stream stream) : stream_(stream) {}
  cudaStream_t stream() const;
  Stream stream_;
};

__attribute__((used)) cudaStream_t CUDAStream::stream() const {
  return reinterpret_cast<cudaStream_t>(stream_.id_ * 4096);
}

static thread_local int64_t current = 0;

CUDAStream made(DeviceIndex device, int64_t id) {
  return CUDAStream(Stream({DeviceType::CUDA, device}, id));
}

CUDAStream getCurrentCUDAStream(DeviceIndex device) { return made(device, current); }

CUDAStream getStreamFromPool(const bool high, DeviceIndex device) {
  write("lend " + text(++lent) + (high ? " in haste" : "") + " on " + text(device));
  return made(device, lent);
}

void setCurrentCUDAStream(CUDAStream stream) {
  if (stream.stream_.device_.type_ != DeviceType::CUDA) ends("no stream of a GPU");
  current = stream.stream_.id_;
  write("current " + text(current) + " on " + text(stream.stream_.device_.index_));
}

DeviceIndex ExchangeDevice(DeviceIndex device) {
  int before = current_device;
  current_device = device;
  return static_cast<DeviceIndex>(before);
}

}  // namespace c10::cuda

namespace at {

class Tensor;

namespace _ops {
struct record_stream {
  static void call(Tensor& self, c10::Stream stream);
};
__attribute__((used)) void record_stream::call(Tensor&, c10::Stream stream) {
  write("hold for " + text(stream.id_) + " on " + text(stream.device_.index_));
}
}  // namespace _ops

namespace cuda {

using MempoolId_t = std::pair<unsigned long long, unsigned long long>;

MempoolId_t graph_pool_handle() { return {0, ++pools}; }

struct CUDAGraph {
#ifdef OLD_GRAPH
  CUDAGraph();
#else
  CUDAGraph(bool keep_graph = false);
  bool keep = true;
#endif
  ~CUDAGraph();
  void capture_begin(MempoolId_t pool, cudaStreamCaptureMode mode);
  void capture_end();
  void replay();
  int64_t stream = 0;
  std::vector<int>* recorded = nullptr;
};

#ifdef OLD_GRAPH
CUDAGraph::CUDAGraph() { write("graph"); }
#else
CUDAGraph::CUDAGraph(bool keep_graph) : keep(keep_graph) {
  write(keep ? "graph that is kept" : "graph");
}
#endif

CUDAGraph::~CUDAGraph() {
  delete recorded;
  write("no graph");
}

void CUDAGraph::capture_begin(MempoolId_t pool, cudaStreamCaptureMode mode) {
  stream = c10::cuda::current;
  if (reinterpret_cast<uintptr_t>(this) % 16 != 0) ends("not aligned");
  if (stream == 0 || lines[stream].recording != 0) ends("this stream cannot record");
  if (failing != 0) ends("the card has failed");
  allocator_records = generator_records = true;
  lines[stream] = {1, {}};
  write("begin on " + text(stream) + " of " + text(current_device) + ", pool " +
        text(pool.first) + "-" + text(pool.second) + ", mode " + text(mode));
}

void CUDAGraph::capture_end() {
  if (c10::cuda::current != stream) ends("another stream");
  if (lines[stream].recording != 1) ends("the recording went wrong");
  recorded = new std::vector<int>(lines[stream].recorded);
  lines[stream] = {};
  allocator_records = generator_records = false;
  write("end with " + text(static_cast<int64_t>(recorded->size())));
}

void CUDAGraph::replay() {
  if (recorded == nullptr) ends("nothing is recorded");
  if (failing != 0) ends("the card has failed");
  for (int kernel : *recorded) write("run " + text(kernel) + " on " + text(c10::cuda::current));
}

}  // namespace cuda
}  // namespace at

extern "C" {

int cuInit(unsigned) { return 0; }

int cuDevicePrimaryCtxRetain(void** context, int device) {
  *context = reinterpret_cast<void*>(static_cast<intptr_t>(device + 1));
  return 0;
}

int cuCtxSetCurrent(void* context) { return context == nullptr ? 201 : 0; }

int cuCtxSynchronize() {
  write("wait");
  return failing;
}

int cuStreamQuery(void*) { return failing == 0 ? 600 : failing; }

int cuStreamWaitEvent(void* stream, void* event, unsigned) {
  write("stream " + text(number(stream)) + " waits for event " +
        text(reinterpret_cast<intptr_t>(event)));
  return 0;
}

int cuStreamIsCapturing(void* stream, int* status) {
  *status = lines[number(stream)].recording;
  return 0;
}

int cuStreamBeginCapture_v2(void* stream, int mode) {
  lines[number(stream)] = {1, {}};
  write("driver begins on " + text(number(stream)) + ", mode " + text(mode));
  return 0;
}

int cuStreamEndCapture(void* stream, void** graph) {
  bool whole = lines[number(stream)].recording == 1;
  *graph = whole ? &lines : nullptr;
  lines[number(stream)] = {};
  write(whole ? "driver ends" : "driver ends what went wrong");
  return whole ? 0 : 901;
}

int cuGraphDestroy(void* graph) {
  if (graph != &lines) ends("no such graph");
  return 0;
}

static intptr_t events = 0;

int cuEventCreate(void** event, unsigned flags) {
  *event = reinterpret_cast<void*>(++events);
  return flags == 2 ? 0 : 1;
}

int cuEventRecord(void* event, void* stream) {
  write("event " + text(reinterpret_cast<intptr_t>(event)) + " on " + text(number(stream)));
  return 0;
}

int cuEventSynchronize(void* event) {
  write("wait for event " + text(reinterpret_cast<intptr_t>(event)));
  return failing;
}

int cuEventDestroy_v2(void* event) {
  write("no event " + text(reinterpret_cast<intptr_t>(event)));
  return 0;
}

int cuGetErrorString(int result, const char** text) {
  *text = result == 719 ? "unspecified launch failure" : "refused";
  return 0;
}

// What the tests ask for.

void card_new() {
  journal.clear();
  lines.clear();
  lent = 0;
  pools = 0;
  failing = 0;
  events = 0;
}

void card_fails(int with) { failing = with; }

void card_kernel(int kernel) {
  Line& line = lines[c10::cuda::current];
  if (line.recording == 1) {
    line.recorded.push_back(kernel);
  } else {
    write("run " + text(kernel) + " on " + text(c10::cuda::current));
  }
}

// What may not be asked for while it is recorded.
int card_forbidden() {
  lines[c10::cuda::current].recording = 2;
  return 900;
}

const char* card_journal() {
  static std::string last;
  last.swap(journal);
  journal.clear();
  return last.c_str();
}

int card_records() { return (allocator_records ? 1 : 0) + (generator_records ? 2 : 0); }
}

namespace c10 {
namespace detail {
template <class T>
struct intrusive_target_default_null_type;
}
template <class T, class Null = detail::intrusive_target_default_null_type<T>>
class intrusive_ptr {
 public:
  intrusive_ptr(intrusive_ptr&& other) : target_(other.target_) { other.target_ = nullptr; }
  ~intrusive_ptr() {}
  T* target_;
};
}  // namespace c10

namespace c10d {

struct Counted {
  virtual ~Counted() = default;
  uint32_t refcount_ = 0;
  uint32_t weakcount_ = 0;
};

class Store : public Counted {};

class ProcessGroupNCCL : public Counted {
 public:
  struct Options : Counted {
    explicit Options(bool is_high_priority_stream);
    int64_t timeout = 10 * 60 * 1000;
    bool priority;
  };
  ProcessGroupNCCL(
      c10::intrusive_ptr<Store> store, int rank, int size, c10::intrusive_ptr<Options> options);
  c10::intrusive_ptr<Store> store_;
  c10::intrusive_ptr<Options> options_;
};

ProcessGroupNCCL::Options::Options(bool is_high_priority_stream)
    : priority(is_high_priority_stream) {}

ProcessGroupNCCL::ProcessGroupNCCL(
    c10::intrusive_ptr<Store> store, int rank, int size, c10::intrusive_ptr<Options> options)
    : store_(std::move(store)), options_(std::move(options)) {
  write(
      "NCCL for " + text(rank) + " of " + text(size) + ", " + text(options_.target_->timeout) +
      " ms" + (options_.target_->priority ? ", first" : "") + ", store held by " +
      text(store_.target_->refcount_) + ", options by " + text(options_.target_->refcount_));
}

}  // namespace c10d
