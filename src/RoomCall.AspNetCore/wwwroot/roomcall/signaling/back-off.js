/**
 * Waits twice as long after each attempt, up to a bound, and each time a random part of it less, so that the clients of a server that
 * comes back do not come all at once. Half of the wait is fixed and half is random.
 * @param {{ first?: number, longest?: number, giveUpAfter?: number, random?: () => number }} [options] Milliseconds: the wait before the
 * first attempt (200), the longest wait (5000), and for how long after the loss attempts begin (60000; `Infinity`: always).
 * @returns {(attempt: number, elapsed?: number) => number | null} How long to wait before attempt 1, 2, …, asked `elapsed`
 * milliseconds after the loss; null: give up.
 */
export function exponentialBackoff({ first = 200, longest = 5000, giveUpAfter = 60000, random = Math.random } = {}) {
  return (attempt, elapsed = 0) => {
    if (elapsed >= giveUpAfter) {
      return null;
    }

    const whole = Math.min(first * 2 ** (attempt - 1), longest);
    return whole * (0.5 + random() / 2);
  };
}
