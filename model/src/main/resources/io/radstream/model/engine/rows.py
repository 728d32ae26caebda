  def enter(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.to(x, {type})
  def layer(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.linear(x, torch.to(weight, {type}), torch.to(bias, {type}))
  def leave(self: __torch__.M,
    y: Tensor,
    like: Tensor) -> Tensor:
    return y
