/**
 * A file goes over a data channel of its own: first its header as JSON text, then its bytes, then a trailer as JSON text with its SHA-256. The
 * receiver answers `{ received: sha256 }`, by which the sender knows that all of it has arrived.
 */

export const fileLabel = 'file';

/** Larger files are refused on both sides: the page has the whole of a file in memory. */
export const largestFile = 512 * 1024 * 1024;

/** The SHA-256 of bytes in hexadecimal digits. */
export async function sha256(bytes) {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), part => part.toString(16).padStart(2, '0')).join('');
}

/** A header as the other side wrote it, or null where it is none: nothing of it is taken on trust. */
export function readHeader(text) {
  const { name, size } = readJson(text);
  const isFile = typeof name === 'string' && Number.isSafeInteger(size) && size >= 0;
  return isFile ? { name: cleanName(name), size } : null;
}

/** The object of a JSON text; an empty one where it is not. */
export function readJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** A size for people. */
export function sizeInWords(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB'];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toLocaleString('en', { maximumFractionDigits: 1 })} ${units[power - 1]}`;
}

// No folders, and nothing that a file manager would show as another name than it is.
function cleanName(name) {
  return name.replace(/[\p{Cc}\p{Cf}\\/]/gu, '_').slice(0, 200) || 'file';
}
