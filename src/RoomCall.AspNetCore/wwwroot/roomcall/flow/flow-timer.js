/**
 * What a timer of the flow limits. Kinds of one slot replace each other.
 *
 * | timer | slot | limits |
 * |---|---|---|
 * | join | phase | the server's answer to `create or join` |
 * | wait | phase | alone in the room |
 * | remoteMedia | phase | offer and answer, while the other side may still ask its user for media |
 * | negotiation | phase | offer and answer |
 * | connection | phase | the connection |
 * | dataChannel | phase | the data channel |
 * | recovery | phase | the repair of a lost connection |
 * | hangUp | phase | the hang-up |
 * | media | media | local media |
 * | disconnected | disconnected | the time in which a disconnected connection may come back by itself |
 * | signaling | signaling | the repair of the connection to the server |
 *
 * @typedef {'join' | 'wait' | 'remoteMedia' | 'negotiation' | 'connection' | 'dataChannel' | 'recovery' | 'hangUp' | 'media'
 *   | 'disconnected' | 'signaling'} FlowTimer
 */

/**
 * The places for timers: one runs in each at most. Each phase has one deadline, and entering the next phase replaces it.
 * @typedef {'phase' | 'media' | 'disconnected' | 'signaling'} FlowTimerSlot
 */

/**
 * @param {FlowTimer} timer
 * @returns {FlowTimerSlot}
 */
export function slotOf(timer) {
  switch (timer) {
    case 'media':
    case 'disconnected':
    case 'signaling':
      return timer;
    default:
      return 'phase';
  }
}
