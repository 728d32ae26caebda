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
  def add_up(self: __torch__.M,
    tensors: List[Tensor],
    world: int,
    bucket: int,
    group: str,
    host: bool) -> int:
    held = 0
    pieces = annotate(List[Tensor], [])
    dense = annotate(List[Tensor], [])
    for i in range(torch.len(tensors)):
      _4 = torch.append(dense, torch.contiguous(tensors[i]))
      flat = torch.view(dense[i], [-1])
      total = torch.numel(flat)
      if torch.gt(held, 0):
        if torch.ne(ops.prim.dtype(pieces[0]), ops.prim.dtype(flat)):
          _0 = (self).sum(pieces, world, group, host, )
          torch.clear(pieces)
          held = 0
      at = 0
      while torch.lt(at, total):
        take = ops.prim.min(torch.sub(bucket, held), torch.sub(total, at))
        _1 = torch.append(pieces, torch.narrow(flat, 0, at, take))
        at = torch.add(at, take)
        held = torch.add(held, take)
        if torch.eq(held, bucket):
          _2 = (self).sum(pieces, world, group, host, )
          torch.clear(pieces)
          held = 0
    if torch.gt(held, 0):
      _3 = (self).sum(pieces, world, group, host, )
    for i in range(torch.len(tensors)):
      _5 = torch.copy_(tensors[i], dense[i])
    return torch.len(tensors)
  def sum(self: __torch__.M,
    pieces: List[Tensor],
    world: int,
    group: str,
    host: bool) -> int:
    joined = (self).sent(torch.cat(pieces), host, )
    count = torch.numel(joined)
    share = torch.floordiv(torch.sub(torch.add(count, world), 1), world)
    filled = torch.constant_pad_nd(joined, [0, torch.sub(torch.mul(share, world), count)])
    shares = torch.mul([share], world)
    sent = ops._c10d_functional.all_to_all_single(filled, shares, shares, group)
    parts = torch.chunk(ops._c10d_functional.wait_tensor(sent), world)
    while torch.gt(torch.len(parts), 1):
      halves = annotate(List[Tensor], [])
      for i in range(torch.floordiv(torch.len(parts), 2)):
        even = torch.mul(i, 2)
        _0 = torch.append(halves, torch.add(parts[even], parts[torch.add(even, 1)]))
      if torch.eq(torch.remainder(torch.len(parts), 2), 1):
        _1 = torch.append(halves, parts[-1])
      parts = halves
    found = torch.to((self).all(parts[0], world, group, ), pieces[0])
    at = 0
    for i in range(torch.len(pieces)):
      piece = pieces[i]
      size = torch.numel(piece)
      _2 = torch.copy_(piece, torch.narrow(found, 0, at, size))
      at = torch.add(at, size)
    return count
