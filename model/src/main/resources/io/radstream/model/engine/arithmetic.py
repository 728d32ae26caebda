class M(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  def linear(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    y = (self).leave((self).layer((self).enter(x), weight, bias), x)
    return torch.to(y, {float32})
  def perceptron_relu(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    weight_out: Tensor,
    bias_out: Tensor) -> Tensor:
    hidden = torch.relu_((self).layer((self).enter(x), weight, bias))
    return (self).leave((self).layer(hidden, weight_out, bias_out), x)
  def perceptron_gelu(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    weight_out: Tensor,
    bias_out: Tensor) -> Tensor:
    hidden = torch.gelu((self).layer((self).enter(x), weight, bias))
    return (self).leave((self).layer(hidden, weight_out, bias_out), x)
  def attention(self: __torch__.M,
    a: List[Tensor],
    heads: int,
    itself: bool) -> Tensor:
    x = (self).enter(a[0])
    if itself:
      qkv = (self).layer(x, torch.cat([a[2], a[4], a[6]]), torch.cat([a[3], a[5], a[7]]))
      parts = torch.chunk((self).leave(qkv, a[0]), 3, -1)
      q, k, v = parts[0], parts[1], parts[2]
    else:
      kv = (self).layer((self).enter(a[1]), torch.cat([a[4], a[6]]), torch.cat([a[5], a[7]]))
      parts = torch.chunk((self).leave(kv, a[1]), 2, -1)
      q = (self).leave((self).layer(x, a[2], a[3]), a[0])
      k, v = parts[0], parts[1]
    q1 = torch.transpose(torch.unflatten(q, -1, [heads, -1]), 1, 2)
    k1 = torch.transpose(torch.unflatten(k, -1, [heads, -1]), 1, 2)
    v1 = torch.transpose(torch.unflatten(v, -1, [heads, -1]), 1, 2)
    y = (self).weigh(q1, k1, v1, torch.slice(a, 10))
    joined = torch.flatten(torch.transpose(y, 1, 2), 2)
    return (self).leave((self).layer((self).enter(joined), a[8], a[9]), joined)
  def convolve(self: __torch__.M,
    x: Tensor,
    kernel: Tensor,
    stride: int,
    padding: int) -> Tensor:
    y = torch.conv2d(torch.to(x, {type}), torch.to(kernel, {type}), None, [stride, stride], [padding, padding])
    return torch.to(y, {float32})
  def attend(self: __torch__.M,
    a: List[Tensor]) -> Tensor:
    return torch.to((self).weigh(a[0], a[1], a[2], torch.slice(a, 3)), {float32})
  def cast(self: __torch__.M,
    x: Tensor) -> Tensor:
    return torch.to(x, {type})
  def product(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    y = (self).leave((self).layer(x, weight, bias), x)
    return torch.to(torch.select(torch.select(y, 0, 0), 0, 0), {float32})
