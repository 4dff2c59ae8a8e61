/** The room's name stands in the address, as `?room=…` or `#…`, so that a link invites. */

const adjectives = ['amber', 'brave', 'calm', 'early', 'gentle', 'lively', 'merry', 'quiet', 'silver', 'sunny', 'swift', 'warm'];
const nouns = ['birch', 'brook', 'cedar', 'finch', 'heron', 'lake', 'lark', 'meadow', 'otter', 'pebble', 'river', 'willow'];

/** The room of this address. Where it names none, a new one is made up and written there. */
export function roomOfAddress() {
  const address = new URL(location.href);
  const room = address.searchParams.get('room') || nameOfHash(address.hash);
  if (room) return room;

  const made = newName();
  address.searchParams.set('room', made);
  history.replaceState(null, '', address);
  return made;
}

/** The address that brings others into the same room, without what is this user's own. */
export function inviteLink(room) {
  const link = new URL(location.pathname, location.href);
  link.searchParams.set('room', room);
  return link.href;
}

function nameOfHash(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1); // a per cent sign that encodes nothing
  }
}

// The number is what makes it hard to guess: nobody is to walk into a call by chance.
function newName() {
  const [first, second, ...rest] = crypto.getRandomValues(new Uint32Array(4));
  const number = rest.map(part => part.toString(36)).join('').slice(0, 8);
  return `${adjectives[first % adjectives.length]}-${nouns[second % nouns.length]}-${number}`;
}
