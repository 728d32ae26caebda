class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  def differentiate(self: __torch__.M,
    loss: Tensor,
    weights: List[Tensor],
    copies: List[Tensor],
    owners: List[int]) -> Tuple[List[Tensor], List[Tensor], List[Tensor]]:
    found = torch.grad([loss], torch.add(weights, copies), None, None, False, True)
    gradients = annotate(List[Tensor], [])
    count = torch.len(weights)
    for i in range(count):
      own = found[i]
      if torch.__is__(own, None):
        gradient = torch.zeros([0])
      else:
        known = torch.contiguous(unchecked_cast(Tensor, own))
        if torch.eq(torch.size(known, 0), 1):
          gradient = torch.clone(known)
        else:
          gradient = known
      _0 = torch.append(gradients, gradient)
    narrow = annotate(List[Tensor], [])
    wide = annotate(List[Tensor], [])
    for i in range(torch.len(copies)):
      part = found[torch.add(count, i)]
      if torch.__isnot__(part, None):
        more = unchecked_cast(Tensor, part)
        owner = owners[i]
        if torch.eq(torch.numel(gradients[owner]), 0):
          empty = torch.empty_like(weights[owner])
          _1 = torch._set_item(gradients, owner, empty)
          _2 = torch.append(wide, empty)
          _3 = torch.append(narrow, more)
        else:
          _4 = torch.add_(gradients[owner], more)
    for i in range(count):
      if torch.eq(torch.numel(gradients[i]), 0):
        _5 = torch._set_item(gradients, i, torch.zeros_like(weights[i]))
    return (gradients, wide, narrow)
  def add(self: __torch__.M,
    gradients: List[Tensor],
    more: List[Tensor]) -> Tensor:
    torch._foreach_add_(gradients, more)
    return gradients[0]
  def pick(self: __torch__.M,
    tensors: List[Tensor],
    places: List[int]) -> List[Tensor]:
    found = annotate(List[Tensor], [])
    for i in range(torch.len(places)):
      _0 = torch.append(found, tensors[places[i]])
    return found
  def copies(self: __torch__.M,
    lists: List[Tensor]) -> List[Tensor]:
    found = annotate(List[Tensor], [])
    for i in range(torch.len(lists)):
      _0 = torch.append(found, torch.clone(lists[i]))
    return found
  def round(self: __torch__.M,
    gradients: List[Tensor]) -> Tensor:
    for i in range(torch.len(gradients)):
      _0 = torch.copy_(gradients[i], torch.to(gradients[i], 15))
    return gradients[0]
  def norm(self: __torch__.M,
    gradients: List[Tensor]) -> Tensor:
    return torch.norm(torch.stack(torch._foreach_norm(gradients)), 2)
  def dense(self: __torch__.M,
    gradients: List[Tensor]) -> List[Tensor]:
    found = annotate(List[Tensor], [])
    for i in range(torch.len(gradients)):
      _0 = torch.append(found, torch.contiguous(gradients[i]))
    return found
  def scale(self: __torch__.M,
    gradients: List[Tensor],
    factor: float) -> Tensor:
    torch._foreach_mul_(gradients, factor)
    return gradients[0]
  def descend(self: __torch__.M,
    weights: List[Tensor],
    gradients: List[Tensor],
    first: int,
    momenta: List[Tensor],
    rate: float,
    decay: float,
    momentum: float) -> Tensor:
    own = torch.slice(gradients, first, torch.add(first, torch.len(weights)))
    torch._fused_sgd_(weights, own, momenta, weight_decay=decay, momentum=momentum, lr=rate, dampening=0., nesterov=False, maximize=False, is_first_step=False)
    return weights[0]
  def adapt(self: __torch__.M,
    weights: List[Tensor],
    gradients: List[Tensor],
    first: int,
    means: List[Tensor],
    squares: List[Tensor],
    steps: List[Tensor],
    rate: float,
    decay: float,
    keep: float,
    keep_square: float,
    epsilon: float) -> Tensor:
    own = torch.slice(gradients, first, torch.add(first, torch.len(weights)))
    none = annotate(List[Tensor], [])
    torch._fused_adam_(weights, own, means, squares, none, steps, lr=rate, beta1=keep, beta2=keep_square, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
    return weights[0]
  def copy(self: __torch__.M,
    to: List[Tensor],
    from_: List[Tensor]) -> int:
    if torch.gt(torch.len(to), 0):
      torch._foreach_copy_(to, from_)
    return torch.len(to)
  def pinned(self: __torch__.M,
    count: int,
    type: int,
    pin: bool) -> Tensor:
    return torch.empty([count], dtype=type, layout=None, device=torch.device("cpu"), pin_memory=pin)
  def send(self: __torch__.M,
    to: Tensor,
    from_: Tensor) -> int:
    _0 = torch.copy_(to, from_, True)
    return torch.numel(to)
