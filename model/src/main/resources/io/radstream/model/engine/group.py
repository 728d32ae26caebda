class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  def sent(self: __torch__.M,
    own: Tensor,
    host: bool) -> Tensor:
    rows = torch.contiguous(torch.detach(own))
    if host:
      there = torch.cpu(rows)
    else:
      there = rows
    return there
  def all(self: __torch__.M,
    own: Tensor,
    world: int,
    group: str) -> Tensor:
    found = ops._c10d_functional.all_gather_into_tensor(own, world, group)
    return ops._c10d_functional.wait_tensor(found)
  def first(self: __torch__.M,
    own: Tensor,
    group: str) -> Tensor:
    found = ops._c10d_functional.broadcast(own, 0, group)
    return ops._c10d_functional.wait_tensor(found)
  def rows(self: __torch__.M,
    own: Tensor,
    counts: List[int],
    most: int,
    group: str,
    host: bool) -> Tensor:
    count = torch.size(own, 0)
    if torch.eq(count, most):
      filled = own
    else:
      shape = torch._set_item(torch.size(own), 0, most)
      filled = torch.new_zeros(own, shape)
      _0 = torch.copy_(torch.slice(filled, 0, 0, count), own)
    world = torch.len(counts)
    there = (self).all((self).sent(filled, host, ), world, group, )
    found = torch.to(there, own)
    parts = annotate(List[Tensor], [])
    for i in range(world):
      begin = torch.mul(i, most)
      part = torch.slice(found, 0, begin, torch.add(begin, counts[i]))
      _1 = torch.append(parts, part)
    return torch.cat(parts)
  def dense(self: __torch__.M,
    tensors: List[Tensor]) -> List[Tensor]:
    found = annotate(List[Tensor], [])
    for i in range(torch.len(tensors)):
      _0 = torch.append(found, torch.contiguous(tensors[i]))
    return found
  def flat(self: __torch__.M,
    dense: List[Tensor]) -> List[Tensor]:
    found = annotate(List[Tensor], [])
    for i in range(torch.len(dense)):
      _0 = torch.append(found, torch.view(dense[i], [-1]))
    return found
  def back(self: __torch__.M,
    tensors: List[Tensor],
    pieces: List[Tensor]) -> int:
    for i in range(torch.len(tensors)):
      tensor = tensors[i]
      if torch.__not__(torch.is_contiguous(tensor)):
        _0 = torch.copy_(tensor, torch.view(pieces[i], torch.size(tensor)))
    return torch.len(tensors)
  def numbers(self: __torch__.M,
    tensors: List[Tensor]) -> int:
    count = 0
    for i in range(torch.len(tensors)):
      count = torch.add(count, torch.numel(tensors[i]))
    return count
  def deal(self: __torch__.M,
    tensors: List[Tensor],
    group: str,
    host: bool,
    world: int,
    rounded: bool) -> Tuple[List[Tensor], List[Tensor], Tensor]:
    pieces = (self).flat((self).dense(tensors, ), )
    return (tensors, pieces, (self).dealt(pieces, world, rounded, group, host, ))
  def add(self: __torch__.M,
    way: Tuple[List[Tensor], List[Tensor], Tensor],
    group: str,
    world: int,
    rounded: bool) -> Tuple[List[Tensor], List[Tensor], Tensor]:
    tensors, pieces, shares, = way
    return (tensors, pieces, (self).added(shares, world, rounded, group, ))
  def finish(self: __torch__.M,
    way: Tuple[List[Tensor], List[Tensor], Tensor]) -> int:
    tensors, pieces, sums, = way
    _0 = (self).put(sums, pieces, )
    return (self).back(tensors, pieces, )
  def dealt(self: __torch__.M,
    pieces: List[Tensor],
    world: int,
    rounded: bool,
    group: str,
    host: bool) -> Tensor:
    whole = (self).sent(torch.cat(pieces), host, )
    if rounded:
      joined = torch.to(whole, 15)
    else:
      joined = whole
    count = torch.numel(joined)
    share = torch.floordiv(torch.sub(torch.add(count, world), 1), world)
    filled = torch.constant_pad_nd(joined, [0, torch.sub(torch.mul(share, world), count)])
    shares = torch.mul([share], world)
    return ops._c10d_functional.all_to_all_single(filled, shares, shares, group)
  def added(self: __torch__.M,
    dealt: Tensor,
    world: int,
    rounded: bool,
    group: str) -> Tensor:
    parts = torch.chunk(ops._c10d_functional.wait_tensor(dealt), world)
    while torch.gt(torch.len(parts), 1):
      halves = annotate(List[Tensor], [])
      for i in range(torch.floordiv(torch.len(parts), 2)):
        even = parts[torch.mul(i, 2)]
        odd = parts[torch.add(torch.mul(i, 2), 1)]
        if rounded:
          both = torch.to(torch.add(torch.to(even, 6), torch.to(odd, 6)), 15)
        else:
          both = torch.add(even, odd)
        _0 = torch.append(halves, both)
      if torch.eq(torch.remainder(torch.len(parts), 2), 1):
        _1 = torch.append(halves, parts[-1])
      parts = halves
    return ops._c10d_functional.all_gather_into_tensor(parts[0], world, group)
  def put(self: __torch__.M,
    gathered: Tensor,
    pieces: List[Tensor]) -> int:
    found = torch.to(ops._c10d_functional.wait_tensor(gathered), pieces[0])
    at = 0
    for i in range(torch.len(pieces)):
      piece = pieces[i]
      size = torch.numel(piece)
      _0 = torch.copy_(piece, torch.narrow(found, 0, at, size))
      at = torch.add(at, size)
    return at
  def reduce(self: __torch__.M,
    tensors: List[Tensor],
    group: str,
    host: bool) -> Tuple[List[Tensor], List[Tensor], Tensor]:
    pieces = (self).flat((self).dense(tensors, ), )
    joined = (self).sent(torch.cat(pieces), host, )
    return (tensors, pieces, ops._c10d_functional.all_reduce(joined, "sum", group))
