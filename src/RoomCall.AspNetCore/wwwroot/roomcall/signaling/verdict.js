/**
 * What becomes of a link, and of the stay, after a frame or at the link's end: `goOn`; `lost`: the stay may go on over a new link;
 * `askAgain`: the server has forgotten the stay, and the room is asked for on a new link and at once; `over`: the stay has ended.
 */
export const goOn = Object.freeze({ kind: 'goOn' });

export const askAgain = Object.freeze({ kind: 'askAgain' });

export const lost = (detail) => ({ kind: 'lost', detail });

/** `detail` says why; none with a normal end. */
export const over = (detail) => ({ kind: 'over', detail });
