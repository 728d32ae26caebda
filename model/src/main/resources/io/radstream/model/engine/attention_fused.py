  def weigh(self: __torch__.M,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    masks: List[Tensor]) -> Tensor:
    q1, k1, v1 = torch.to(q, {type}), torch.to(k, {type}), torch.to(v, {type})
    if torch.gt(torch.len(masks), 0):
      y = torch.scaled_dot_product_attention(q1, k1, v1, torch.to(masks[0], {type}))
    else:
      y = torch.scaled_dot_product_attention(q1, k1, v1)
    return y
