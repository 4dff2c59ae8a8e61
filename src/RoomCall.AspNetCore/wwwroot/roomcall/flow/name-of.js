/**
 * What a type or a code is called in the sentences for people: as the .NET library calls it (`got user media` is GotUserMedia,
 * `unknown-peer` is UnknownPeer), so that the logs of both sides of a call read alike.
 * @param {string} text
 */
export const nameOf = (text) => String(text).replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());
