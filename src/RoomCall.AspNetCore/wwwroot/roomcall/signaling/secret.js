/** Makes 128 random bits in 22 characters of base64url: the secret of a stay. */
export function newSecret() {
  const bits = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bits)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
