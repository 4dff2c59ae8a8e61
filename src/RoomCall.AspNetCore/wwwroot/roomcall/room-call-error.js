/**
 * What a method of this library throws or rejects with; `code` is for programs, the message for people. Where a session ended first,
 * `cause` is its end reason.
 */
export class RoomCallError extends Error {
  /**
   * @param {string} code See `RoomCallError` in roomcall.d.ts.
   * @param {string} message A sentence for people.
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'RoomCallError';
    this.code = code;
  }
}
