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
    return torch.linear(torch.relu_(hidden), torch.to(weight_out, {type}), torch.to(bias_out, {type}))
  def perceptron_gelu(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    weight_out: Tensor,
    bias_out: Tensor) -> Tensor:
    hidden = torch.linear(torch.to(x, {type}), torch.to(weight, {type}), torch.to(bias, {type}))
    return torch.linear(torch.gelu(hidden), torch.to(weight_out, {type}), torch.to(bias_out, {type}))
  def attention(self: __torch__.M,
    a: List[Tensor],
    heads: int,
    itself: bool) -> Tensor:
    x = torch.to(a[0], {type})
    if itself:
      weight = torch.cat([a[2], a[4], a[6]])
      bias = torch.cat([a[3], a[5], a[7]])
      qkv = torch.chunk(torch.linear(x, torch.to(weight, {type}), torch.to(bias, {type})), 3, -1)
      q, k, v = qkv[0], qkv[1], qkv[2]
    else:
      weight = torch.cat([a[4], a[6]])
      bias = torch.cat([a[5], a[7]])
      kv = torch.chunk(torch.linear(torch.to(a[1], {type}), torch.to(weight, {type}), torch.to(bias, {type})), 2, -1)
      q = torch.linear(x, torch.to(a[2], {type}), torch.to(a[3], {type}))
      k, v = kv[0], kv[1]
    q1 = torch.transpose(torch.unflatten(torch.to(q, {attention}), -1, [heads, -1]), 1, 2)
    k1 = torch.transpose(torch.unflatten(torch.to(k, {attention}), -1, [heads, -1]), 1, 2)
    v1 = torch.transpose(torch.unflatten(torch.to(v, {attention}), -1, [heads, -1]), 1, 2)
    if torch.gt(torch.len(a), 10):
      y = torch.scaled_dot_product_attention(q1, k1, v1, torch.to(a[10], {attention}))
    else:
      y = torch.scaled_dot_product_attention(q1, k1, v1)
    joined = torch.to(torch.flatten(torch.transpose(y, 1, 2), 2), {type})
    return torch.linear(joined, torch.to(a[8], {type}), torch.to(a[9], {type}))
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
