  def enter(self: __torch__.M,
    x: Tensor) -> Tensor:
    width = torch.size(x, -1)
    # oneDNN 3.7 computes wrong what is left over where a width is no multiple of a block's.
    if torch.eq(torch.remainder(width, 64), 0):
      large = torch.ge(torch.numel(x), 131072)
    else:
      large = False
    if large:
      rows = torch.reshape(x, [-1, width])
      count = torch.size(rows, 0)
      # Backward, many rows that come out uneven take up to three times as long.
      if torch.gt(count, 800):
        missing = torch.remainder(torch.neg(count), 64)
      else:
        missing = 0
      if torch.gt(missing, 0):
        even = torch.constant_pad_nd(rows, [0, 0, 0, missing])
      else:
        even = rows
      y = torch.to_mkldnn(even)
    else:
      y = x
    return y
  def layer(self: __torch__.M,
    x: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    if ops.prim.is_mkldnn(x):
      if torch.eq(torch.remainder(torch.size(weight, 0), 64), 0):
        y = torch.mkldnn_linear(x, weight, bias)
      else:
        y = torch.linear(torch.to_dense(x), weight, bias)
    else:
      y = torch.linear(x, weight, bias)
    return y
  def leave(self: __torch__.M,
    y: Tensor,
    like: Tensor) -> Tensor:
    if ops.prim.is_mkldnn(y):
      dense = torch.to_dense(y)
    else:
      dense = y
    rows = torch.reshape(dense, [-1, torch.size(dense, -1)])
    count = torch.floordiv(torch.numel(like), torch.size(like, -1))
    if torch.eq(torch.size(rows, 0), count):
      own = rows
    else:
      own = torch.slice(rows, 0, 0, count)
    return torch.reshape(own, torch.add(torch.slice(torch.size(like), 0, -1), [torch.size(own, -1)]))
