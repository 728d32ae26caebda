class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  def linear(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    y = torch.linear(torch.to(x, {type}), torch.to(weight, {type}), torch.to(bias, {type}))
    return torch.to(y, {float32})
  def perceptron_relu(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    weight_out: Tensor,
    bias_out: Tensor) -> Tensor:
    hidden = torch.linear(torch.to(x, {type}), torch.to(weight, {type}), torch.to(bias, {type}))
    y = torch.linear(torch.relu_(hidden), torch.to(weight_out, {type}), torch.to(bias_out, {type}))
    return torch.to(y, {float32})
  def perceptron_gelu(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    weight_out: Tensor,
    bias_out: Tensor) -> Tensor:
    hidden = torch.linear(torch.to(x, {type}), torch.to(weight, {type}), torch.to(bias, {type}))
    y = torch.linear(torch.gelu(hidden), torch.to(weight_out, {type}), torch.to(bias_out, {type}))
    return torch.to(y, {float32})
  def attend(self: __torch__.M,
    q: Tensor,
    k: Tensor,
    v: Tensor) -> Tensor:
    y = torch.scaled_dot_product_attention(torch.to(q, {attention}), torch.to(k, {attention}), torch.to(v, {attention}))
    return torch.to(y, {float32})
  def attend_masked(self: __torch__.M,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Tensor) -> Tensor:
    y = torch.scaled_dot_product_attention(torch.to(q, {attention}), torch.to(k, {attention}), torch.to(v, {attention}), torch.to(mask, {attention}))
    return torch.to(y, {float32})
  def cast(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.to(x, {type})
  def product(self: __torch__.M,
    a: Tensor,
    b: Tensor) -> Tensor:
    return torch.mm(a, b)
  def first(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.to(torch.select(torch.select(x, 0, 0), 0, 0), {float32})
