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
    q1 = torch.unflatten(q, -1, [heads, -1])
    k1 = torch.unflatten(k, -1, [heads, -1])
    v1 = torch.unflatten(v, -1, [heads, -1])
    y, sums, state, unused, _0 = torch._flash_attention_forward(q1, k1, v1, bounds[0], bounds[1], ops.prim.max(queries), ops.prim.max(keys), 0., causal, False)
    return [torch.flatten(y, -2), y, sums, state, unused]
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
    dy = torch.unflatten(torch.to(given, {narrow}), -1, [heads, -1])
    q1 = torch.unflatten(q, -1, [heads, -1])
    k1 = torch.unflatten(k, -1, [heads, -1])
    v1 = torch.unflatten(v, -1, [heads, -1])
    dq, dk, dv = torch._flash_attention_backward(dy, q1, k1, v1, kept[1], kept[2], bounds[0], bounds[1], ops.prim.max(queries), ops.prim.max(keys), 0., causal, kept[3], kept[4])
    return [torch.flatten(dq, -2), torch.flatten(dk, -2), torch.flatten(dv, -2)]
