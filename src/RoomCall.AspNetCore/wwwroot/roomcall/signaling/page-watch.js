/**
 * Tells what the page goes through and a connection cannot see: that it may have lost its server (`onWake`: back on the network, or before
 * the user's eyes again), and that it is being left (`onLeave`). Outside a page there is nothing to tell.
 * @returns {() => void} Ends the watch.
 */
export function watchPage(page, { onWake, onLeave }) {
  if (typeof page?.addEventListener !== 'function') {
    return () => {};
  }

  const { document } = page;
  const onVisible = () => {
    if (document.visibilityState === 'visible') {
      onWake();
    }
  };
  page.addEventListener('online', onWake);
  page.addEventListener('pagehide', onLeave);
  document?.addEventListener('visibilitychange', onVisible);
  return () => {
    page.removeEventListener('online', onWake);
    page.removeEventListener('pagehide', onLeave);
    document?.removeEventListener('visibilitychange', onVisible);
  };
}
