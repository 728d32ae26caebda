  def weigh(self: __torch__.M,
    q: Tensor,
    k: Tensor,
    causal: bool,
    mask: List[Tensor]) -> Tensor:
    wide = torch.mul(torch.to(q, {wide}), torch.pow(torch.size(q, -1), -0.5))
    scores = torch.matmul(wide, torch.transpose(torch.to(k, {wide}), -2, -1))
    if causal:
      allowed = torch.add(scores, torch.triu(torch.full_like(scores, -1.0e9), 1))
    else:
      allowed = scores
    if torch.gt(torch.len(mask), 0):
      known = torch.add(allowed, mask[0])
    else:
      known = allowed
    return torch.softmax(known, -1)
  def room(self: __torch__.M,
    x: Tensor,
    places: Tensor,
    count: int,
    heads: int) -> Tensor:
    none = torch.new_zeros(x, [1, torch.size(x, 1)])
    all = torch.index_select(torch.cat([x, none]), 0, places)
    return (self).split(torch.unflatten(all, 0, [count, -1]), heads)
  def leave(self: __torch__.M,
    x: Tensor,
    rows: Tensor) -> Tensor:
    return torch.index_select(torch.flatten(x, 0, 1), 0, rows)
  def attend(self: __torch__.M,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    queries: List[int],
    keys: List[int],
    bounds: List[Tensor],
    heads: int,
    causal: bool,
    even: bool) -> List[Tensor]:
    found = annotate(List[Tensor], [])
    slots = torch.gt(torch.len(bounds), 2)
    if slots:
      number = torch.len(queries)
      q2 = (self).room(q, bounds[3], number, heads)
      k2 = (self).room(k, bounds[5], number, heads)
      v2 = (self).room(v, bounds[5], number, heads)
      all2 = (self).weigh(q2, k2, causal, [bounds[6]])
      y2 = torch.matmul(torch.to(all2, {narrow}), v2)
      _5 = torch.append(found, (self).leave((self).join(y2), bounds[2]))
      _6 = torch.append(found, all2)
    elif even:
      count = torch.len(queries)
      q1 = (self).split(torch.unflatten(q, 0, [count, -1]), heads)
      k1 = (self).split(torch.unflatten(k, 0, [count, -1]), heads)
      v1 = (self).split(torch.unflatten(v, 0, [count, -1]), heads)
      weights = (self).weigh(q1, k1, causal, annotate(List[Tensor], []))
      y = torch.matmul(torch.to(weights, {narrow}), v1)
      _0 = torch.append(found, torch.flatten((self).join(y), 0, 1))
      _1 = torch.append(found, weights)
    else:
      rows = annotate(List[Tensor], [])
      all = annotate(List[Tensor], [])
      qs = torch.split_with_sizes(q, queries)
      ks = torch.split_with_sizes(k, keys)
      vs = torch.split_with_sizes(v, keys)
      for i in range(torch.len(queries)):
        some = (self).weigh((self).split(qs[i], heads), (self).split(ks[i], heads), causal, annotate(List[Tensor], []))
        part = torch.matmul(torch.to(some, {narrow}), (self).split(vs[i], heads))
        _2 = torch.append(rows, (self).join(part))
        _3 = torch.append(all, some)
      _4 = torch.append(found, torch.cat(rows))
      found = torch.add(found, all)
    return found
  def weigh_back(self: __torch__.M,
    dy: Tensor,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    weights: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    scale = torch.pow(torch.size(q, -1), -0.5)
    dv = torch.matmul(torch.transpose(torch.to(weights, {narrow}), -2, -1), dy)
    dweights = torch.to(torch.matmul(dy, torch.transpose(v, -2, -1)), {wide})
    dscores = torch.mul(torch._softmax_backward_data(dweights, weights, -1, {wide}), scale)
    dq = torch.matmul(dscores, torch.to(k, {wide}))
    dk = torch.matmul(torch.transpose(dscores, -2, -1), torch.to(q, {wide}))
    return ((self).join(torch.to(dq, {narrow})), (self).join(torch.to(dk, {narrow})), (self).join(dv))
  def attend_back(self: __torch__.M,
    given: Tensor,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    kept: List[Tensor],
    queries: List[int],
    keys: List[int],
    bounds: List[Tensor],
    heads: int,
    causal: bool,
    even: bool) -> List[Tensor]:
    dy = torch.to(given, {narrow})
    slots = torch.gt(torch.len(bounds), 2)
    if slots:
      number = torch.len(queries)
      dy3 = (self).room(dy, bounds[3], number, heads)
      q3 = (self).room(q, bounds[3], number, heads)
      k3 = (self).room(k, bounds[5], number, heads)
      v3 = (self).room(v, bounds[5], number, heads)
      dq3, dk3, dv3 = (self).weigh_back(dy3, q3, k3, v3, kept[1])
      found = [(self).leave(dq3, bounds[2]), (self).leave(dk3, bounds[4]), (self).leave(dv3, bounds[4])]
    elif even:
      count = torch.len(queries)
      dy1 = (self).split(torch.unflatten(dy, 0, [count, -1]), heads)
      q1 = (self).split(torch.unflatten(q, 0, [count, -1]), heads)
      k1 = (self).split(torch.unflatten(k, 0, [count, -1]), heads)
      v1 = (self).split(torch.unflatten(v, 0, [count, -1]), heads)
      dq, dk, dv = (self).weigh_back(dy1, q1, k1, v1, kept[1])
      found = [torch.flatten(dq, 0, 1), torch.flatten(dk, 0, 1), torch.flatten(dv, 0, 1)]
    else:
      dys = torch.split_with_sizes(dy, queries)
      qs = torch.split_with_sizes(q, queries)
      ks = torch.split_with_sizes(k, keys)
      vs = torch.split_with_sizes(v, keys)
      dqs = annotate(List[Tensor], [])
      dks = annotate(List[Tensor], [])
      dvs = annotate(List[Tensor], [])
      for i in range(torch.len(queries)):
        dq2, dk2, dv2 = (self).weigh_back((self).split(dys[i], heads), (self).split(qs[i], heads), (self).split(ks[i], heads), (self).split(vs[i], heads), kept[torch.add(i, 1)])
        _0 = torch.append(dqs, dq2)
        _1 = torch.append(dks, dk2)
        _2 = torch.append(dvs, dv2)
      found = [torch.cat(dqs), torch.cat(dks), torch.cat(dvs)]
    return found
