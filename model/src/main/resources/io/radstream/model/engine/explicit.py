class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  def product(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.linear(torch.to(x, {narrow}), torch.to(weight, {narrow}), torch.to(bias, {narrow}))
  def product_back(self: __torch__.M,
    dy: Tensor,
    weight: Tensor) -> Tensor:
    return torch.matmul(torch.to(dy, {narrow}), torch.to(weight, {narrow}))
  def product_weight(self: __torch__.M,
    dy: Tensor,
    x: Tensor) -> Tensor:
    return torch.matmul(torch.t(torch.to(dy, {narrow})), torch.to(x, {narrow}))
  def joined(self: __torch__.M,
    parts: List[Tensor]) -> Tensor:
    return torch.cat(parts)
  def beside(self: __torch__.M,
    parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, -1)
  def part(self: __torch__.M,
    x: Tensor,
    begin: int,
    end: int) -> Tensor:
    return torch.slice(x, 0, begin, end)
  def copy(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.clone(x)
  def put(self: __torch__.M,
    to: Tensor,
    x: Tensor) -> int:
    _0 = torch.copy_(to, x)
    return 0
  def same(self: __torch__.M,
    some: List[Tensor],
    others: List[Tensor]) -> Tensor:
    all = True
    for i in range(torch.len(some)):
      all = torch.__and__(all, torch.allclose(some[i], others[i], 0., 0., True))
    return torch.tensor(all)
  def shaped(self: __torch__.M,
    x: Tensor,
    sides: List[int]) -> Tensor:
    return torch.reshape(x, sides)
  def turned(self: __torch__.M,
    x: Tensor,
    axes: List[int]) -> Tensor:
    return torch.contiguous(torch.permute(x, axes))
  def chunks(self: __torch__.M,
    x: Tensor,
    count: int,
    axis: int) -> List[Tensor]:
    return torch.chunk(x, count, axis)
  def sum_rows(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.sum(torch.to(x, {wide}), [0])
  def sum_places(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.sum(torch.to(x, {wide}), [1])
  def sum_features(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.sum(torch.to(x, {wide}), [-1])
  def sum_each(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.sum(torch.to(x, {wide}), [1, 2])
  def mean_places(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.mean(x, [1])
  def joined_places(self: __torch__.M,
    parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 1)
  def first_place(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.select(x, 1, 0)
  def other_places(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.slice(x, 1, 1)
  def spread(self: __torch__.M,
    x: Tensor,
    count: int) -> Tensor:
    return torch.expand(x, [count, -1, -1])
  def lengthened(self: __torch__.M,
    x: Tensor,
    by: int) -> Tensor:
    sizes = torch.add([by], torch.slice(torch.size(x), 1))
    return torch.cat([x, torch.new_zeros(x, sizes)])
  def sorted(self: __torch__.M,
    x: Tensor) -> List[Tensor]:
    values, places = torch.sort(x, stable=True)
    return [values, places]
  def sum_all(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.sum(x)
  def empty_narrow(self: __torch__.M,
    beside: Tensor,
    sides: List[int]) -> Tensor:
    return torch.new_empty(beside, sides, dtype={narrow})
  def empty_wide(self: __torch__.M,
    beside: Tensor,
    sides: List[int]) -> Tensor:
    return torch.new_empty(beside, sides, dtype={wide})
  def product_relu(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch._addmm_activation(torch.to(bias, {narrow}), torch.to(x, {narrow}), torch.t(torch.to(weight, {narrow})))
  def zeros_like(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.zeros_like(x)
  def narrow(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.contiguous(torch.to(x, {narrow}))
  def add(self: __torch__.M,
    x: Tensor,
    y: Tensor) -> Tensor:
    return torch.add(x, y)
  def add_to(self: __torch__.M,
    x: Tensor,
    y: Tensor) -> int:
    _0 = torch.add_(x, y)
    return 0
  def clear(self: __torch__.M,
    x: Tensor) -> int:
    _0 = torch.zero_(x)
    return 0
  def wide(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.to(x, {wide})
  def norm(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    epsilon: float) -> List[Tensor]:
    y, mean, deviation = torch.native_layer_norm(x, [torch.size(x, -1)], weight, bias, epsilon)
    return [y, mean, deviation]
  def norm_back(self: __torch__.M,
    dy: Tensor,
    x: Tensor,
    mean: Tensor,
    deviation: Tensor,
    weight: Tensor,
    bias: Tensor) -> List[Tensor]:
    dx, dweight, dbias = torch.native_layer_norm_backward(torch.to(dy, {wide}), x, [torch.size(x, -1)], mean, deviation, weight, bias, [True, True, True])
    return [dx, dweight, dbias]
  def relu(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.relu(x)
  def relu_back(self: __torch__.M,
    dy: Tensor,
    y: Tensor) -> Tensor:
    return torch.threshold_backward(dy, y, 0)
  def gelu(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.gelu(x)
  def gelu_back(self: __torch__.M,
    dy: Tensor,
    x: Tensor) -> Tensor:
    return torch.gelu_backward(dy, x)
  def tanh(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.tanh(x)
  def tanh_back(self: __torch__.M,
    dy: Tensor,
    y: Tensor) -> Tensor:
    return torch.tanh_backward(dy, y)
  def sigmoid(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.sigmoid(x)
  def sigmoid_back(self: __torch__.M,
    dy: Tensor,
    y: Tensor) -> Tensor:
    return torch.sigmoid_backward(dy, y)
  def softmax(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.softmax(x, -1)
  def softmax_back(self: __torch__.M,
    dy: Tensor,
    y: Tensor) -> Tensor:
    return torch._softmax_backward_data(dy, y, -1, {wide})
  def noise(self: __torch__.M,
    like: Tensor,
    keep: float) -> Tensor:
    return torch.div_(torch.bernoulli_(torch.empty_like(like), keep), keep)
  def times(self: __torch__.M,
    x: Tensor,
    y: Tensor) -> Tensor:
    return torch.mul(x, y)
  def scaled(self: __torch__.M,
    x: Tensor,
    factor: float) -> Tensor:
    return torch.mul(x, factor)
  def look(self: __torch__.M,
    table: Tensor,
    ids: Tensor) -> Tensor:
    return torch.embedding(table, ids)
  def look_back(self: __torch__.M,
    dy: Tensor,
    ids: Tensor,
    count: int) -> Tensor:
    return torch.embedding_dense_backward(torch.to(dy, {wide}), ids, count, -1, False)
  def pick(self: __torch__.M,
    x: Tensor,
    places: Tensor) -> Tensor:
    return torch.index_select(x, 0, places)
  def pick_back(self: __torch__.M,
    dy: Tensor,
    places: Tensor,
    count: int) -> Tensor:
    sizes = torch.add([count], torch.slice(torch.size(dy), 1))
    return torch.index_add(torch.new_zeros(dy, sizes), 0, places, dy)
  def split(self: __torch__.M,
    x: Tensor,
    heads: int) -> Tensor:
    return torch.transpose(torch.unflatten(x, -1, [heads, -1]), -3, -2)
  def join(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.flatten(torch.transpose(x, -3, -2), -2)
  def unit(self: __torch__.M,
    x: Tensor,
    epsilon: float) -> List[Tensor]:
    length = torch.norm(x, 2, [-1], True)
    return [torch.div(x, torch.clamp_min(length, epsilon)), length]
  def unit_back(self: __torch__.M,
    dy: Tensor,
    y: Tensor,
    length: Tensor,
    epsilon: float) -> Tensor:
    along = torch.mul(y, torch.sum(torch.mul(dy, y), [-1], True))
    rest = torch.sub(dy, torch.mul(along, torch.gt(length, epsilon)))
    return torch.div(rest, torch.clamp_min(length, epsilon))
  def likelihood(self: __torch__.M,
    logits: Tensor,
    next: Tensor) -> List[Tensor]:
    wide = torch.to(logits, {wide})
    sums = torch.logsumexp(wide, [1], True)
    own = torch.gather(wide, 1, torch.clamp_min(next, 0))
    return [torch.sum(torch.mul(torch.sub(own, sums), torch.ge(next, 0))), sums]
  def likelihood_back(self: __torch__.M,
    logits: Tensor,
    next: Tensor,
    sums: Tensor,
    factor: Tensor) -> Tensor:
    shares = torch.exp_(torch.sub(torch.to(logits, {wide}), sums))
    others = torch.neg_(shares)
    columns = torch.size(logits, 1)
    begins = torch.mul(torch.arange(torch.size(logits, 0), dtype=4, layout=None, device=ops.prim.device(logits), pin_memory=False), columns)
    places = torch.add(begins, torch.flatten(torch.clamp_min(next, 0)))
    added = torch.index_add_(torch.flatten(others), 0, places, torch.flatten(torch.ones_like(sums)))
    all = torch.view(added, [-1, columns])
    return torch.mul_(all, torch.mul(torch.ge(next, 0), factor))
  def compare(self: __torch__.M,
    studies: Tensor,
    reports: Tensor,
    temperature: float,
    weight: float) -> List[Tensor]:
    logits = torch.div(torch.matmul(studies, torch.t(reports)), temperature)
    count = torch.size(logits, 0)
    own = torch.diagonal(logits)
    by_row = torch.log_softmax(logits, 1)
    by_column = torch.log_softmax(logits, 0)
    loss = torch.add(torch.mul(torch.mean(torch.diagonal(by_row)), torch.neg(weight)), torch.mul(torch.mean(torch.diagonal(by_column)), torch.sub(weight, 1.)))
    shares = torch.add(torch.mul(torch.exp(by_row), weight), torch.mul(torch.exp(by_column), torch.sub(1., weight)))
    dlogits = torch.div(torch.sub(shares, torch.diag(torch.ones_like(own))), torch.mul(temperature, count))
    return [loss, torch.matmul(dlogits, reports), torch.matmul(torch.t(dlogits), studies)]
  def compare_pairs(self: __torch__.M,
    studies: Tensor,
    reports: Tensor,
    temperature: float,
    bias: float) -> List[Tensor]:
    logits = torch.add(torch.div(torch.matmul(studies, torch.t(reports)), temperature), bias)
    count = torch.size(logits, 0)
    own = torch.diag(torch.ones_like(torch.diagonal(logits)))
    signs = torch.rsub(torch.mul(own, 2), 1)
    loss = torch.div(torch.sum(torch.softplus(torch.mul(logits, signs))), count)
    dlogits = torch.div(torch.mul(torch.sigmoid(torch.mul(logits, signs)), signs), torch.mul(temperature, count))
    return [loss, torch.matmul(dlogits, reports), torch.matmul(torch.t(dlogits), studies)]
  def label(self: __torch__.M,
    logits: Tensor,
    present: Tensor,
    known: Tensor) -> List[Tensor]:
    wide = torch.to(logits, {wide})
    loss = torch.mul(torch.sub(torch.softplus(wide), torch.mul(wide, present)), known)
    return [torch.sum(loss), torch.mul(torch.sub(torch.sigmoid(wide), present), known)]
  def product_alone(self: __torch__.M,
    x: Tensor,
    weight: Tensor) -> Tensor:
    return torch.linear(torch.to(x, {narrow}), torch.to(weight, {narrow}))
