class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  def linear(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.linear(x, weight, bias)
  def perceptron_relu(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    weight_out: Tensor,
    bias_out: Tensor) -> Tensor:
    return torch.linear(torch.relu_(torch.linear(x, weight, bias)), weight_out, bias_out)
  def perceptron_gelu(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    weight_out: Tensor,
    bias_out: Tensor) -> Tensor:
    return torch.linear(torch.gelu(torch.linear(x, weight, bias)), weight_out, bias_out)
  def attend(self: __torch__.M,
    q: Tensor,
    k: Tensor,
    v: Tensor) -> Tensor:
    return torch.scaled_dot_product_attention(q, k, v)
  def attend_masked(self: __torch__.M,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    mask: Tensor) -> Tensor:
    return torch.scaled_dot_product_attention(q, k, v, mask)
