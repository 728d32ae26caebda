class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  def norm(self: __torch__.M,
    gradients: List[Tensor]) -> Tensor:
    return torch.norm(torch.stack(torch._foreach_norm(gradients)), 2)
  def scale(self: __torch__.M,
    gradients: List[Tensor],
    factor: float) -> Tensor:
    torch._foreach_mul_(gradients, factor)
    return gradients[0]
  def clear(self: __torch__.M,
    gradients: List[Tensor]) -> Tensor:
    torch._foreach_zero_(gradients)
    return gradients[0]
  def descend(self: __torch__.M,
    weights: List[Tensor],
    gradients: List[Tensor],
    momenta: List[Tensor],
    rate: float,
    decay: float,
    momentum: float) -> Tensor:
    torch._fused_sgd_(weights, gradients, momenta, weight_decay=decay, momentum=momentum, lr=rate, dampening=0., nesterov=False, maximize=False, is_first_step=False)
    return gradients[0]
  def descend_without_momentum(self: __torch__.M,
    weights: List[Tensor],
    gradients: List[Tensor],
    rate: float,
    decay: float) -> Tensor:
    none = annotate(List[Tensor], [])
    torch._fused_sgd_(weights, gradients, none, weight_decay=decay, momentum=0., lr=rate, dampening=0., nesterov=False, maximize=False, is_first_step=False)
    return gradients[0]
