// Some engines can neither show the closing of one data channel to the other side nor see the other side's. Where one of the two is such,
// each side tells by way of the server which channel it has closed, and after how many messages, since those go another way (ours).

export function onChannelClosed(turn, closed) {
  const { state, rules } = turn;
  if (closed.connection !== state.connection || state.connectionGeneration === 0) {
    return;
  }

  // Who told first waits for an answer only where its engine waits for the other's, which cannot give it.
  const isTold = closed.isAnswer
    ? rules.closeByMessage && !state.isRemoteClosingByMessage
    : rules.closeByMessage || state.isRemoteClosingByMessage;
  if (isTold) {
    const { channel, messages } = closed;
    turn.tell({ type: 'closeChannel', channel, messages, generation: state.connectionGeneration });
  }
}

export function onCloseChannel(turn, close) {
  const { connection, connectionGeneration: reached } = turn.state;
  const generation = close.generation ?? null;
  if (reached === 0 || (generation !== null && generation !== reached)) {
    turn.drop('stale', `The closing of a channel of another connection (generation ${generation ?? ''}) came.`); // D7
    return;
  }

  turn.emit({ type: 'closeDataChannel', connection, channel: close.channel, messages: close.messages });
}
