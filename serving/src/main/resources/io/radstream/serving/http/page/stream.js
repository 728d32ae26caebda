/* Server-sent events out of the body of an answer, whatever was asked. */

/**
 * Gives each event as {name, data} once it is whole. A frame without a name is a sign of life, and
 * left out.
 */
export async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    const frames = (text + value).split('\n\n');
    text = frames.pop();
    yield* frames.map(eventOf).filter(({name}) => name);
  }
}

function eventOf(frame) {
  const fields = frame.split('\n').map(line => line.split(/: ?(.*)/s, 2));
  const name = fields.find(([field]) => field === 'event')?.[1];
  const data = fields.filter(([field]) => field === 'data').map(([, text]) => text).join('\n');
  return {name, data};
}
