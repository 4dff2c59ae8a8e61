/**
 * Where the present exchange of descriptions stands, seen from this side.
 *
 * | step | side | |
 * |---|---|---|
 * | none | | no peer connection |
 * | creatingOffer | offerer | the engine makes the offer |
 * | applyingLocalOffer | offerer | the engine applies the offer |
 * | awaitingAnswer | offerer | the offer was sent |
 * | applyingAnswer | offerer | the engine applies the answer |
 * | awaitingOffer | answerer | the gate is open, no offer has come |
 * | applyingOffer | answerer | the engine applies the offer |
 * | creatingAnswer | answerer | the engine makes the answer |
 * | applyingLocalAnswer | answerer | the engine applies the answer |
 * | done | | both descriptions are applied |
 *
 * @typedef {'none' | 'creatingOffer' | 'applyingLocalOffer' | 'awaitingAnswer' | 'applyingAnswer' | 'awaitingOffer' | 'applyingOffer'
 *   | 'creatingAnswer' | 'applyingLocalAnswer' | 'done'} NegotiationStep
 */

export {};
