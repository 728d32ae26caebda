  def weigh(self: __torch__.M,
    q: Tensor,
    k: Tensor,
    v: Tensor,
    masks: List[Tensor]) -> Tensor:
    scaled = torch.mul(torch.to(q, {float32}), torch.pow(torch.size(q, -1), -0.5))
    scores = torch.matmul(scaled, torch.transpose(torch.to(k, {float32}), 2, 3))
    if torch.gt(torch.len(masks), 0):
      sums = torch.add(scores, masks[0])
    else:
      sums = scores
    weights = torch.softmax(sums, -1)
    return torch.matmul(torch.to(weights, {type}), torch.to(v, {type}))
